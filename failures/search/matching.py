"""Which texts hold the words: ranked, but never more than the newest of them.

Ranking all matches of a common word takes 0.6 s at a million texts, ranking the newest
RANKED 3 ms. So the newest matches are found first, whoever may read them, only these few
are asked for their readers, and only what is left is ranked. Titles are compared letter
by letter, in another 26 ms, only where the words themselves find nothing.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from failures.models import Postmortem, PostmortemText
from failures.search.languages import query_of, terms_of, unwanted
from riskbase.shared.newest import judged

RANKED = 1_000
SIMILAR = 0.45
"""Word similarity by trigrams; two letters wrong in a word of eight still reach it."""
ALIKE = 300
"""Mistyped titles that are compared."""
FEW = 0.25
"""Share of the newest below which, if no more may be read, older ones are looked for."""
Ranked = tuple[uuid.UUID, float, int]
"""(record, rank, its best text)."""


def matching(rows: QuerySet[Postmortem], words: str) -> QuerySet[Postmortem]:
    """Return all of `rows` that hold the words, unranked; alike titles where few do."""
    texts = _holding(words)
    if texts.order_by()[:RANKED].count() == RANKED:
        return rows.filter(pk__in=texts.order_by().values("postmortem_id"))
    return rows.filter(pk__in=[pk for pk, _rank, _text in ranked(rows, words)])


def ranked(rows: QuerySet[Postmortem], words: str) -> list[Ranked]:
    """Return the newest matches among `rows`, the best first."""
    texts = _holding(words).order_by("-postmortem_id")
    found = _readable(rows, texts, BY_WORDS, terms_of(words))
    if not found and not unwanted(words):
        found = _alike(rows, words)
    best: dict[uuid.UUID, Ranked] = {}
    for pk, value, text in found:
        if pk not in best or value > best[pk][1]:
            best[pk] = (pk, round(value, 6), text)
    return sorted(best.values(), key=lambda hit: (-hit[1], -hit[0].int))


def _holding(words: str) -> QuerySet[PostmortemText]:
    """Return the texts that hold the words, of records no text of which is unwanted."""
    texts = PostmortemText.objects.filter(search=query_of(words))
    for each in unwanted(words):
        told = PostmortemText.objects.filter(search=query_of(each))
        texts = texts.exclude(postmortem__in=told.order_by().values("postmortem_id"))
    return texts


BY_WORDS = "ts_rank(search, websearch_to_tsquery(%s::regconfig, %s))"
BY_TITLE = "word_similarity(%s, title) / 10"
"""Fewer than a match of words: a title that is the words mistyped."""


# Not the column itself: the planner would read its index from the end and compare each
# title on the way, which takes 150 ms of 100,000 where the index of trigrams takes 20.
BY_AGE = Cast("postmortem_id", TextField()).desc()


def _readable(
    rows: QuerySet[Postmortem],
    texts: QuerySet[PostmortemText],
    rank: str,
    terms: Sequence[str],
    most: int = RANKED,
) -> list[Ranked]:
    """Return the first of the texts that belong to `rows`, with their rank."""
    of_all = _newest(texts[:most], rows, rank, terms)
    found = [hit for hit in of_all if hit[1] is not None]
    if len(of_all) == most and len(found) < most * FEW:
        older = texts.filter(postmortem__in=rows.order_by().values("pk"))
        found = _newest(older[:most], rows, rank, terms)
    return found


def _newest(
    texts: QuerySet[PostmortemText],
    rows: QuerySet[Postmortem],
    rank: str,
    terms: Sequence[str],
) -> list[Any]:
    columns = texts.values("postmortem_id", "pk", "search", "title")
    return judged(columns, rows, key="postmortem_id", worth=rank, terms=terms)


def _alike(rows: QuerySet[Postmortem], words: str) -> list[Ranked]:
    """Return records whose titles are the words mistyped."""
    with mistyped():
        texts = PostmortemText.objects.filter(title__trigram_word_similar=words)
        texts = texts.order_by(BY_AGE)
        return _readable(rows, texts, BY_TITLE, [words], ALIKE)


@contextmanager
def mistyped() -> Iterator[None]:
    """Let lookups by trigrams find what is similar from SIMILAR on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(SIMILAR)],
        )
        yield
