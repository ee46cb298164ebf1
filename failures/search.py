"""Finding post-mortems: full text in three languages, typing errors, filters."""

import contextlib
import datetime as dt
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    TrigramWordSimilarity,
)
from django.db import connection, transaction
from django.db.models import Case, F, FloatField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Left
from django.utils.html import escape
from django.utils.safestring import SafeString

from accounts.models import User
from failures.models import Postmortem, PostmortemText, best_text
from riskbase.shared import keyset

CONFIGURATIONS = {"en": "english", "ru": "russian", "zh-hans": "simple"}
RANKED = 2_000
"""Only the newest matches are ranked: ranking all of a million takes 0.6 s."""
SIMILAR = 0.45
"""Word similarity from which a title counts as a mistyped match."""
LONGEST_QUERY = 200
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
MARKUP = re.compile(r"[*_`#>]+|^\s*[-+]\s+", re.MULTILINE)
"""What a short passage shows without."""
START, STOP = "\x02", "\x03"
RELEVANCE = keyset.Ordering("relevance", "pk", descending=True)
NEWEST = keyset.Ordering("-created", "pk", descending=True)
EXACT = (
    "sector", "outcome", "severity", "origin", "visibility", "state", "task", "modality"
)  # fmt: skip
SUBSTRINGS = ("title", "summary", "intended", "actual", "lessons")


@dataclass(frozen=True)
class Criteria:
    """What a reader asks for; empty means anything."""

    q: str = ""
    causes: Sequence[str] = ()
    """Slugs, with those below them."""
    stage: str = ""
    year: int | None = None
    unit: Any = None
    exact: dict[str, str] = field(default_factory=dict)
    """Values of the fields of EXACT."""

    @property
    def text(self) -> str:
        return " ".join(self.q.replace("\0", " ").split())[:LONGEST_QUERY]


@dataclass(frozen=True)
class Hit:
    """A found record, the text to show of it, and why it was found."""

    postmortem: Postmortem
    text: PostmortemText
    snippet: SafeString | str
    language: str
    """Of the snippet."""


def visible(user: User, criteria: Criteria) -> QuerySet[Postmortem]:
    """Return the rows `user` may read that pass the filters (not the words)."""
    rows = Postmortem.objects.visible_to(user)
    exact = {name: value for name, value in criteria.exact.items() if value}
    rows = rows.filter(**exact)
    if criteria.causes:
        rows = rows.filter(cause_slugs__overlap=list(criteria.causes))
    if criteria.stage:
        rows = rows.filter(stage_introduced=criteria.stage)
    if criteria.unit:
        rows = rows.filter(unit=criteria.unit)
    if criteria.year:
        year = criteria.year
        rows = rows.filter(
            detected_on__range=(dt.date(year, 1, 1), dt.date(year, 12, 31))
        )
    return rows


def find(
    *,
    user: User,
    criteria: Criteria,
    language: str,
    cursor: str | None = None,
    size: int = keyset.DEFAULT_SIZE,
) -> keyset.Page[Any]:
    """Return a page of Hits: by relevance with words, else the newest first.

    Raises BadCursor.
    """
    rows = visible(user, criteria).select_related("unit")
    if not criteria.text:
        page = keyset.paginate(rows, ordering=NEWEST, cursor=cursor, size=size)
        hits = _hits(page.items, {}, language, "")
        return keyset.Page(hits, page.next, page.previous, page.size, page.ordering)
    ranked = _ranked(rows, criteria.text)
    chosen, following, previous = _slice(ranked, cursor, size)
    by_id = Postmortem.objects.select_related("unit").in_bulk(
        [pk for pk, _r, _t in chosen]
    )
    wanted = {pk: text_id for pk, _rank, text_id in chosen}
    found = [by_id[pk] for pk, _rank, _text in chosen if pk in by_id]
    hits = _hits(found, wanted, language, criteria.text)
    return keyset.Page(hits, following, previous, size, RELEVANCE.name)


def matching(rows: QuerySet[Postmortem], words: str) -> QuerySet[Postmortem]:
    """Return those of `rows` that hold the words, unranked, at most RANKED of them."""
    with _similarity():
        texts = PostmortemText.objects.filter(
            _match(words), postmortem__in=rows.order_by().values("pk")
        )
        found = texts.order_by("-postmortem_id").values_list("postmortem_id", flat=True)
        return rows.filter(pk__in=set(found[:RANKED]))


@contextlib.contextmanager
def _similarity() -> Iterator[None]:
    """Let titles count as similar from SIMILAR on, within one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(SIMILAR)],
        )
        yield


def _match(words: str) -> Q:
    """Return the condition on texts: words of their language, or a similar title."""
    found = Q(title__trigram_word_similar=words)
    for language, configuration in CONFIGURATIONS.items():
        found |= Q(language=language, search=_query(words, configuration))
    if HAN.search(words):
        for name in SUBSTRINGS:
            found |= Q(language="zh-hans", **{f"{name}__contains": words})
    return found


def _query(words: str, configuration: str) -> SearchQuery:
    return SearchQuery(words, config=configuration, search_type="websearch")


def _rank(words: str) -> Any:
    ranks = [
        When(language=language, then=SearchRank("search", _query(words, configuration)))
        for language, configuration in CONFIGURATIONS.items()
    ]
    # A title that fits word for word outweighs a mention in the prose.
    return Coalesce(
        Case(*ranks, default=Value(0.0), output_field=FloatField()), Value(0.0)
    ) + TrigramWordSimilarity(words, "title") * Value(0.5)


def _ranked(
    rows: QuerySet[Postmortem], words: str
) -> list[tuple[uuid.UUID, float, int]]:
    """Return (record, rank, its best text) of the newest matches, best first."""
    with _similarity():
        newest = (
            PostmortemText.objects.filter(_match(words))
            .filter(postmortem__in=rows.order_by().values("pk"))
            .order_by("-postmortem_id")[:RANKED]
        )
        found = list(
            PostmortemText.objects.filter(pk__in=newest.values("pk"))
            .annotate(rank=_rank(words))
            .values_list("postmortem_id", "rank", "pk")
        )
    best: dict[uuid.UUID, tuple[uuid.UUID, float, int]] = {}
    for pk, rank, text_id in found:
        if pk not in best or rank > best[pk][1]:
            best[pk] = (pk, round(rank, 6), text_id)
    return sorted(best.values(), key=lambda hit: (-hit[1], -hit[0].int))


def _slice(
    ranked: list[tuple[uuid.UUID, float, int]], cursor: str | None, size: int
) -> tuple[list[tuple[uuid.UUID, float, int]], str | None, str | None]:
    """Cut the page after the cursor; return it with the neighbors' cursors."""
    start = 0
    if cursor:
        key, pk, backwards = keyset.decode(cursor, RELEVANCE.name)
        edge = (-_number(key, cursor), -uuid.UUID(pk).int)
        start = sum((-rank, -each.int) <= edge for each, rank, _text in ranked)
        if backwards:
            start = max(0, start - 1 - size)
    chosen = ranked[start : start + size]
    following = previous = None
    if chosen and start + size < len(ranked):
        following = keyset.encode(
            RELEVANCE.name, chosen[-1][1], chosen[-1][0], backwards=False
        )
    if chosen and start:
        previous = keyset.encode(
            RELEVANCE.name, chosen[0][1], chosen[0][0], backwards=True
        )
    return chosen, following, previous


def _number(key: Any, cursor: str) -> float:
    try:
        return float(key)
    except ValueError as error:
        raise keyset.BadCursor(cursor) from error


def _hits(
    rows: Sequence[Postmortem],
    matched: dict[uuid.UUID, int],
    language: str,
    words: str,
) -> list[Hit]:
    """Give each row the text to show: the reader's language, else the record's."""
    texts: dict[uuid.UUID, list[PostmortemText]] = {}
    for text in _texts(rows, words):
        texts.setdefault(text.postmortem_id, []).append(text)
    hits = []
    for row in rows:
        own = texts.get(row.pk, [])
        shown = best_text(own, language, row.language)
        source = next((text for text in own if text.pk == matched.get(row.pk)), shown)
        hits.append(Hit(row, shown, _snippet(source, words), source.language))
    return hits


def _texts(rows: Sequence[Postmortem], words: str) -> QuerySet[PostmortemText]:
    texts = PostmortemText.objects.filter(postmortem__in=rows)
    body = Left(
        Concat(
            F("summary"),
            Value(" "),
            F("actual"),
            Value(" "),
            F("lessons"),
            output_field=TextField(),
        ),
        4000,
    )
    if not words:
        return texts.only(
            "postmortem_id", "language", "title", "summary", "organization"
        )
    headlines = [
        When(
            language=language,
            then=SearchHeadline(
                body,
                _query(words, configuration),
                config=configuration,
                start_sel=START,
                stop_sel=STOP,
                max_words=40,
                min_words=20,
            ),
        )
        for language, configuration in CONFIGURATIONS.items()
    ]
    return texts.annotate(
        headline=Case(*headlines, default=Value(""), output_field=TextField())
    )


def _snippet(text: PostmortemText, words: str) -> SafeString | str:
    """Return the marked passage, escaped, or the summary's beginning."""
    headline = getattr(text, "headline", "")
    if START not in headline and HAN.search(words) and words in text.summary:
        at = text.summary.index(words)
        around = text.summary[max(0, at - 40) : at + len(words) + 80]
        headline = around.replace(words, f"{START}{words}{STOP}", 1)
    if START not in headline:
        return MARKUP.sub("", text.summary)[:280]
    headline = MARKUP.sub("", headline)
    parts = [part.partition(STOP) for part in headline.split(START)]
    marked = [
        (escape(part[0]), escape(part[2])) if part[1] else ("", escape(part[0]))
        for part in parts
    ]
    return SafeString(
        "".join(f"<mark>{hit}</mark>{rest}" if hit else rest for hit, rest in marked)
    )
