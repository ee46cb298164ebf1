"""Records like this one, with the reasons: by causes, surroundings and words."""

import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.core.cache import cache
from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField

from accounts.models import User
from failures.choices import Likeness
from failures.models import LikenessVerdict, Postmortem, PostmortemText
from failures.selectors.causes import spoken, tree_and_titles
from failures.selectors.precedents import texts_of
from failures.taxonomy import CauseTree
from failures.taxonomy.likeness import Likeness as Compared
from failures.taxonomy.likeness import Profile, Shared, likeness, rarest
from riskbase.shared.newest import judged

CONTEXT = ("sector", "task", "modality", "sourcing", "stage_introduced", "outcome")
BY_WORDS, BY_CAUSES = 60, 40
"""Candidates of each kind that are compared."""
ENOUGH = 20
"""Candidates sharing two rare words, below which one is enough."""
NEWEST = 300
"""Matches that are ranked."""
TELLING = 12
"""Rare words by which candidates are looked for."""
WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]{2}|[^\W\d_\u3400-\u9fff\uf900-\ufaff]{2,}"
)
"""A word, or a pair of Chinese signs: a longer run of them is a whole sentence."""
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

    Candidates share rare words, or all the causes; few of each are compared, so that
    the cost does not grow with the collection. What people confirmed comes first, what
    they denied is left out.
    """
    said = _said_of(postmortem)
    denied = [pk for pk, verdict in said.items() if verdict == Likeness.DENIED]
    confirmed = said.keys() - set(denied)
    rows = Postmortem.objects.visible_to(user).precedents()
    rows = rows.exclude(pk__in=[postmortem.pk, *denied])
    tree, names = tree_and_titles()
    scored = [
        (alike, pk)
        for alike, pk in _scored(postmortem, rows, confirmed, tree)
        if alike.value > 0 or pk in confirmed
    ]
    scored.sort(
        key=lambda pair: (pair[1] not in confirmed, -pair[0].value, -pair[1].int)
    )
    best = scored[:limit]
    shown = Postmortem.objects.in_bulk([pk for _alike, pk in best])
    texts = texts_of(shown)
    return [
        Similar(
            shown[pk],
            texts[pk],
            alike.value,
            tuple(_reason(reason, shown[pk], names) for reason in alike.reasons),
            pk in confirmed,
        )
        for alike, pk in best
    ]


def _scored(
    postmortem: Postmortem,
    rows: QuerySet[Postmortem],
    wanted: Collection[uuid.UUID],
    tree: CauseTree,
) -> Iterator[tuple[Compared, uuid.UUID]]:
    """Compare the record with the candidates among `rows`, and with those `wanted`."""
    rarity = _rarity()
    told = _words(postmortem)
    context = {name: getattr(postmortem, name) for name in CONTEXT}
    own = Profile(postmortem.cause_slugs, _filled(context), set().union(*told))
    candidates = {*_by_words(told, rarity, rows), *_by_causes(own.causes, rows)}
    if wanted:
        candidates |= set(rows.filter(pk__in=wanted).values_list("pk", flat=True))
    for pk, profile in _profiles(candidates).items():
        yield likeness(own, profile, tree, rarity), pk


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


def _filled(context: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that say something."""
    return {name: value for name, value in context.items() if value}


def _lexemes(field: str) -> Func:
    """Return the lexemes of title and summary in a column of search vectors."""
    return Func(
        Func(
            F(field),
            function="ts_filter",
            template="%(function)s(%(expressions)s, '{a,b}')",
        ),
        function="tsvector_to_array",
        output_field=ArrayField(TextField()),
    )


def _words(postmortem: Postmortem) -> list[set[str]]:
    """Return the lexemes of the record's title and summary in each of its languages."""
    texts = PostmortemText.objects.filter(postmortem=postmortem)
    told = texts.order_by("pk").values_list(_lexemes("search"), flat=True)
    return [set(words or ()) for words in told]


def _profiles(candidates: Collection[uuid.UUID]) -> dict[uuid.UUID, Profile]:
    """Return what is compared of each candidate, its words in all its languages."""
    rows = Postmortem.objects.filter(pk__in=candidates).order_by()
    told = rows.values_list("pk", _lexemes("texts__search"), "cause_slugs", *CONTEXT)
    found: dict[uuid.UUID, Profile] = {}
    for pk, words, causes, *context in told:
        known = found.setdefault(
            pk,
            Profile(causes, _filled(dict(zip(CONTEXT, context, strict=True))), set()),
        )
        cast("set[str]", known.words).update(words or ())
    return found


def _by_words(
    told: Sequence[Collection[str]],
    rarity: Mapping[str, float],
    rows: QuerySet[Postmortem],
) -> Iterable[uuid.UUID]:
    """Return records that share rare words, those that share most first.

    Two of them, where enough records do: words that are not rare enough by themselves
    are so together. Else one.
    """
    most = TELLING // max(1, len(told))
    telling = [
        [word for word in rarest(words, rarity, 3 * most) if WORD.fullmatch(word)]
        for words in told
    ]
    telling = [[f"'{word}'" for word in words[:most]] for words in telling]
    found: dict[uuid.UUID, None] = {}
    for query in (_two_of, _one_of):
        wanted = " | ".join(filter(None, map(query, telling)))
        if wanted and len(found) < ENOUGH:
            found |= dict.fromkeys(_newest(wanted, rows))
    return list(found)[:BY_WORDS]


def _two_of(words: Sequence[str]) -> str:
    pairs = (
        f"{word} & ({' | '.join(words[at + 1 :])})"
        for at, word in enumerate(words[:-1])
    )
    return " | ".join(pairs)


def _one_of(words: Sequence[str]) -> str:
    return " | ".join(words)


def _newest(wanted: str, rows: QuerySet[Postmortem]) -> Iterable[uuid.UUID]:
    """Return the best among the newest matches that are of `rows`."""
    query = SearchQuery(wanted, config="simple", search_type="raw")
    texts = PostmortemText.objects.filter(search=query).order_by("-postmortem_id")
    ranked = judged(
        texts[:NEWEST].values("postmortem_id", "pk", "search"),
        rows,
        key="postmortem_id",
        worth="ts_rank(search, to_tsquery('simple', %s))",
        terms=[wanted],
    )
    found = [(rank, pk) for pk, rank, _text in ranked if rank is not None]
    found.sort(key=lambda pair: (-pair[0], -pair[1].int))
    return [pk for _rank, pk in found]


def _by_causes(causes: Collection[str], rows: QuerySet[Postmortem]) -> Iterable[Any]:
    if not causes:
        return []
    alike = rows.filter(cause_slugs__contains=list(causes)).order_by("-pk")
    return alike.values_list("pk", flat=True)[:BY_CAUSES]


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
