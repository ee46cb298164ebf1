"""Records like this one, with the reasons: by causes, surroundings and words."""

import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.core.cache import cache
from django.db import connection
from django.db.models import F, FloatField, Func, Q, QuerySet, TextField

from accounts.models import User
from failures.choices import Likeness
from failures.models import LikenessVerdict, Postmortem, PostmortemText
from failures.selectors.causes import current_tree, spoken, titles
from failures.selectors.precedents import texts_of
from failures.taxonomy.likeness import Likeness as Compared
from failures.taxonomy.likeness import Profile, Shared, likeness, rarest

CONTEXT = ("sector", "task", "modality", "sourcing", "stage_introduced", "outcome")
MOST = 100
"""Candidates of each kind that are compared."""
TELLING = 12
"""Rare words by which candidates are looked for."""
WORD = re.compile(r"[^\W\d_]{2,}")
SHOWN = 5
COMMON = "failures.common-words"
KEPT_FOR = 600


@dataclass(frozen=True)
class Reason:
    """What two records have in common, in the reader's language."""

    kind: str
    """causes, context or text."""
    words: tuple[str, ...]
    share: float
    """Part of the likeness, 0 to 1."""


@dataclass(frozen=True)
class Similar:
    """A record like another one."""

    postmortem: Postmortem
    text: PostmortemText
    value: float
    """Likeness, 0 to 1."""
    reasons: tuple[Reason, ...]
    is_confirmed: bool = False
    """Whether somebody said that they are alike."""


def similar_to(*, user: User, postmortem: Postmortem, limit: int = 5) -> list[Similar]:
    """Return the published records `user` may read that are most like this one.

    Candidates share a rare word, or all the causes: at most MOST of each are compared,
    so that the cost does not grow with the collection. What people confirmed comes
    first, what they denied is left out.
    """
    said = _said_of(postmortem)
    denied = [pk for pk, verdict in said.items() if verdict == Likeness.DENIED]
    confirmed = said.keys() - set(denied)
    rows = Postmortem.objects.visible_to(user).precedents()
    rows = rows.exclude(pk__in=[postmortem.pk, *denied])
    scored = [
        pair
        for pair in _scored(postmortem, rows, confirmed)
        if pair[0].value > 0 or pair[1].pk in confirmed
    ]
    scored.sort(
        key=lambda pair: (
            pair[1].pk not in confirmed,
            -pair[0].value,
            -pair[1].pk.int,
        )
    )
    shown = texts_of({row.pk: row for _alike, row in scored[:limit]})
    names = titles()
    return [
        Similar(
            row,
            shown[row.pk],
            alike.value,
            tuple(_reason(reason, row, names) for reason in alike.reasons),
            row.pk in confirmed,
        )
        for alike, row in scored[:limit]
    ]


def _scored(
    postmortem: Postmortem, rows: QuerySet[Postmortem], wanted: Collection[uuid.UUID]
) -> list[tuple[Compared, Postmortem]]:
    """Compare the record with the candidates among `rows`, and with those `wanted`."""
    rarity = _rarity()
    told_here = _words(PostmortemText.objects.filter(postmortem=postmortem))
    words = {word for found in told_here.values() for word in found}
    own = Profile(postmortem.cause_slugs, _context(postmortem), words)
    candidates = {
        *_by_words(words, rarity, rows),
        *_by_causes(own.causes, rows),
        *wanted,
    }
    found = rows.in_bulk(list(candidates))
    told = _words(PostmortemText.objects.filter(postmortem__in=found))
    tree = current_tree()
    return [
        (
            likeness(
                own,
                Profile(row.cause_slugs, _context(row), told.get(pk, ())),
                tree,
                rarity,
            ),
            row,
        )
        for pk, row in found.items()
    ]


def denied_of(*, user: User, postmortem: Postmortem) -> list[PostmortemText]:
    """Return the records that were said not to be like it, if `user` may read them."""
    said = _said_of(postmortem)
    denied = [pk for pk, verdict in said.items() if verdict == Likeness.DENIED]
    if not denied:
        return []
    rows = Postmortem.objects.visible_to(user).in_bulk(denied)
    return list(texts_of(rows).values())


def _said_of(postmortem: Postmortem) -> dict[uuid.UUID, str]:
    """Return the id of each record that people compared with this one -> verdict."""
    pairs = LikenessVerdict.objects.filter(
        Q(one=postmortem) | Q(other=postmortem)
    ).values_list("one_id", "other_id", "verdict")
    return {
        one if other == postmortem.pk else other: verdict
        for one, other, verdict in pairs
    }


def _context(postmortem: Postmortem) -> dict[str, str]:
    return {name: value for name in CONTEXT if (value := getattr(postmortem, name))}


def _words(texts: QuerySet[PostmortemText]) -> dict[uuid.UUID, set[str]]:
    """Return the lexemes of each record's title and summary, in all its languages."""
    lexemes = Func(
        Func(
            F("search"),
            function="ts_filter",
            template="%(function)s(%(expressions)s, '{a,b}')",
        ),
        function="tsvector_to_array",
        output_field=ArrayField(TextField()),
    )
    found: dict[uuid.UUID, set[str]] = {}
    for pk, words in texts.annotate(lexemes=lexemes).values_list(
        "postmortem_id", "lexemes"
    ):
        found.setdefault(pk, set()).update(words or ())
    return found


def _by_words(
    words: Collection[str], rarity: Mapping[str, float], rows: QuerySet[Postmortem]
) -> Iterable[Any]:
    """Return records that share the rarest words, those that share most first."""
    telling = [
        word for word in rarest(words, rarity, TELLING * 3) if WORD.fullmatch(word)
    ]
    if not telling:
        return []
    query = " | ".join(f"'{word}'" for word in telling[:TELLING])
    wanted = SearchQuery(query, config="simple", search_type="raw")
    rank = Func(F("search"), wanted, function="ts_rank", output_field=FloatField())
    newest = (
        PostmortemText.objects.filter(search=wanted)
        .order_by("-postmortem_id")
        .annotate(rank=rank)
        .values_list("postmortem_id", "rank")[: 20 * MOST]
    )
    best = sorted(newest, key=lambda pair: -pair[1])[: 2 * MOST]
    return rows.filter(pk__in=[pk for pk, _rank in best]).values_list("pk", flat=True)[
        :MOST
    ]


def _by_causes(causes: Collection[str], rows: QuerySet[Postmortem]) -> Iterable[Any]:
    if not causes:
        return []
    alike = rows.filter(cause_slugs__contains=list(causes)).order_by("-pk")
    return alike.values_list("pk", flat=True)[:MOST]


def _rarity() -> dict[str, float]:
    """Return how telling the common words are: 1 less the share of texts that hold them.

    The database counts them when it analyzes the table; words it does not list are rare.
    """
    known = cache.get(COMMON)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT most_common_elems::text::text[], most_common_elem_freqs"
                " FROM pg_stats WHERE tablename = %s AND attname = 'search'",
                [PostmortemText._meta.db_table],
            )
            words, shares = cursor.fetchone() or ((), ())
        known = dict(zip(words or (), shares or (), strict=False))
        known = {word: max(0.0, 1 - 4 * share) for word, share in known.items()}
        cache.set(COMMON, known, KEPT_FOR)
    return dict(known)


def _reason(
    shared: Shared, postmortem: Postmortem, names: Mapping[str, Mapping[str, str]]
) -> Reason:
    """Put what both records have into the reader's language."""
    words = list(shared.what[:SHOWN])
    if shared.kind == "causes":
        words = [spoken(names.get(slug, {"en": slug})) for slug in words]
    if shared.kind == "context":
        words = [str(getattr(postmortem, f"get_{name}_display")()) for name in words]
    return Reason(shared.kind, tuple(words), shared.share)
