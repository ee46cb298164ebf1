"""Finding post-mortems: full text in three languages, typing errors, filters."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
)
from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Left
from django.utils.html import escape
from django.utils.safestring import SafeString

from accounts.models import User
from failures.models import Postmortem, PostmortemText, best_text
from failures.search.languages import CONFIGURATIONS, HAN, query_of
from failures.search.matching import ranked
from riskbase.shared import keyset

LONGEST_QUERY = 200
MARKUP = re.compile(r"[*_`#>]+|^[^\S\n]*[-+][^\S\n]+", re.MULTILINE)
"""What a short passage shows without."""
START, STOP = "\x02", "\x03"
RELEVANCE = keyset.Ordering("relevance", "pk", descending=True)
NEWEST = keyset.Ordering("-created", "pk", descending=True)
SHOWN = (
    "reference", "state", "origin", "visibility", "language", "outcome", "severity",
    "sector", "detected_on", "cause_slugs", "unit__name",
)  # fmt: skip
"""Fields of a record that a list shows: reading all sixty takes as long as the search."""
TOLD = ("postmortem_id", "language", "title", "summary", "organization")
EXACT = (
    "sector", "outcome", "severity", "origin", "visibility", "state", "task", "modality"
)  # fmt: skip


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
    rows = visible(user, criteria)
    if not criteria.text:
        shown = rows.select_related("unit").only(*SHOWN)
        page = keyset.paginate(shown, ordering=NEWEST, cursor=cursor, size=size)
        texts = _texts([row.pk for row in page.items], "")
        found = _by_record(texts)
        hits = [_hit(row, found.get(row.pk, []), language) for row in page.items]
        return keyset.Page(hits, page.next, page.previous, page.size, page.ordering)
    hits_of = ranked(rows, criteria.text)
    chosen, following, previous = _slice(hits_of, cursor, size)
    texts = _texts([pk for pk, _rank, _text in chosen], criteria.text)
    # Records come with their texts: a question of its own would cost 2 ms.
    found = _by_record(
        texts.select_related("postmortem__unit").only(
            *TOLD, *(f"postmortem__{name}" for name in SHOWN)
        )
    )
    hits = [
        _hit(found[pk][0].postmortem, found[pk], language, text, criteria.text)
        for pk, _rank, text in chosen
        if pk in found
    ]
    return keyset.Page(hits, following, previous, size, RELEVANCE.name)


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


def _by_record(
    texts: QuerySet[PostmortemText],
) -> dict[uuid.UUID, list[PostmortemText]]:
    found: dict[uuid.UUID, list[PostmortemText]] = {}
    for text in texts:
        found.setdefault(text.postmortem_id, []).append(text)
    return found


def _hit(
    row: Postmortem,
    texts: Sequence[PostmortemText],
    language: str,
    matched: int | None = None,
    words: str = "",
) -> Hit:
    """Show the text in the reader's language, else the record's, and what matched."""
    shown = best_text(texts, language, row.language)
    source = next((text for text in texts if text.pk == matched), shown)
    return Hit(row, shown, _snippet(source, words), source.language)


def _texts(records: Sequence[uuid.UUID], words: str) -> QuerySet[PostmortemText]:
    texts = PostmortemText.objects.filter(postmortem__in=records).only(*TOLD)
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
        return texts
    configurations = Case(
        *(
            When(language=language, then=Value(configuration))
            for language, configuration in CONFIGURATIONS.items()
        ),
        default=Value("simple"),
    )
    headline = SearchHeadline(
        body,
        query_of(words),
        config=configurations,
        start_sel=START,
        stop_sel=STOP,
        max_words=40,
        min_words=20,
    )
    return texts.annotate(headline=headline)


def _snippet(text: PostmortemText, words: str) -> SafeString | str:
    """Return the marked passage, escaped, or the summary's beginning."""
    headline = getattr(text, "headline", "")
    if START not in headline and HAN.search(words) and words in text.summary:
        at = text.summary.index(words)
        around = text.summary[max(0, at - 40) : at + len(words) + 80]
        headline = around.replace(words, f"{START}{words}{STOP}", 1)
    if START not in headline:
        return MARKUP.sub("", text.summary[:1000])[:280]
    headline = MARKUP.sub("", headline)
    parts = [part.partition(STOP) for part in headline.split(START)]
    marked = [
        (escape(part[0]), escape(part[2])) if part[1] else ("", escape(part[0]))
        for part in parts
    ]
    return SafeString(
        "".join(f"<mark>{hit}</mark>{rest}" if hit else rest for hit, rest in marked)
    )
