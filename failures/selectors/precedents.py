"""Earlier records like this one: by cause profile, and by title while typing."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import QuerySet
from django.utils.translation import get_language

from accounts.models import User
from failures.models import Postmortem, PostmortemText, best_text
from failures.selectors.causes import current_tree, titles
from failures.taxonomy import CauseTree, Nearness, nearness

SHORTEST_TITLE = 4


@dataclass(frozen=True)
class Reason:
    """A cause that the profile and the case share."""

    slug: str
    title: Mapping[str, str]
    share: float
    """Part of the overlap, 0 to 1."""


@dataclass(frozen=True)
class NearCase:
    """An earlier record near a profile."""

    postmortem: Postmortem
    text: PostmortemText
    similarity: float
    """Cosine, 0 to 1."""
    reasons: tuple[Reason, ...]


def nearest_cases(
    *, user: User, profile: Mapping[str, float], limit: int = 3
) -> list[NearCase]:
    """Return the published records `user` may read whose causes fit best.

    `profile` maps cause slugs to scores of any one scale. Exact: every set of causes
    of a visible published record that shares a cause or a branch with the profile is
    compared, once however many records have it.
    """
    tree = current_tree()
    scored = {slug: score for slug, score in profile.items() if score > 0}
    relevant = _relatives(scored, tree)
    if not relevant:
        return []
    rows = (
        Postmortem.objects.visible_to(user)
        .precedents()
        .filter(cause_slugs__overlap=sorted(relevant))
    )
    best = _nearest(rows, scored, tree, limit)
    found = Postmortem.objects.in_bulk([pk for pk, _near in best])
    texts = texts_of(found)
    names = titles()
    return [
        NearCase(
            postmortem=found[pk],
            text=texts[pk],
            similarity=near.value,
            reasons=tuple(
                Reason(slug, names.get(slug, {"en": slug}), share)
                for slug, share in near.shares
            ),
        )
        for pk, near in best
        if near.value > 0
    ]


def _nearest(
    rows: QuerySet[Postmortem],
    profile: Mapping[str, float],
    tree: CauseTree,
    limit: int,
) -> list[tuple[uuid.UUID, Nearness]]:
    """Return the nearest records, the newest first among equals."""
    sets: dict[float, list[tuple[list[str], Nearness]]] = {}
    for causes in rows.order_by().values_list("cause_slugs", flat=True).distinct():
        near = nearness(profile, causes, tree)
        sets.setdefault(near.value, []).append((causes, near))
    best: list[tuple[uuid.UUID, Nearness]] = []
    for value in sorted(sets, reverse=True):
        near_of = {tuple(causes): near for causes, near in sets[value]}
        newest = rows.filter(cause_slugs__in=list(map(list, near_of)))
        pairs = newest.order_by("-pk").values_list("pk", "cause_slugs")
        best += [
            (pk, near_of[tuple(causes)]) for pk, causes in pairs[: limit - len(best)]
        ]
        if len(best) == limit:
            break
    return best


def _relatives(profile: Mapping[str, float], tree: CauseTree) -> set[str]:
    """Return the causes whose record could score above zero."""
    return {
        relative
        for slug in profile
        if slug in tree
        for relative in (*tree.path(slug), *tree.with_descendants(slug))
    }


def texts_of(found: Mapping[uuid.UUID, Postmortem]) -> dict[uuid.UUID, PostmortemText]:
    """Return each record's text in the reader's language, else the original."""
    by_record: dict[uuid.UUID, list[PostmortemText]] = {pk: [] for pk in found}
    for text in PostmortemText.objects.filter(postmortem__in=found):
        by_record[text.postmortem_id].append(text)
    language = get_language() or "en"
    return {
        pk: best_text(texts, language, found[pk].language)
        for pk, texts in by_record.items()
    }


def possible_duplicates(
    *, user: User, title: str, besides: uuid.UUID | None = None, limit: int = 5
) -> list[PostmortemText]:
    """Return titles like this one among the records `user` may read."""
    words = " ".join(title.replace("\0", " ").split())[:200]
    if len(words) < SHORTEST_TITLE:
        return []
    texts = (
        PostmortemText.objects.filter(
            postmortem__in=Postmortem.objects.visible_to(user).values("pk"),
            title__trigram_word_similar=words,
        )
        .exclude(postmortem=besides)
        .annotate(similarity=TrigramWordSimilarity(words, "title"))
        .select_related("postmortem")
        .order_by("-similarity", "-postmortem_id")[: limit * 3]
    )
    first: dict[uuid.UUID, PostmortemText] = {}
    for text in texts:
        first.setdefault(text.postmortem_id, text)
    return list(first.values())[:limit]
