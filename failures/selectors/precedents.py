"""Earlier records like this one: by cause profile, and by title while typing."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.utils.translation import get_language

from accounts.models import User
from failures.models import Postmortem, PostmortemText, best_text
from failures.selectors.causes import tree_and_titles
from failures.selectors.nearest import nearest_sets
from failures.taxonomy import nearness, weights

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

    `profile` maps cause slugs to scores of any one scale. Exact in nearness: every set
    of causes of a visible published record is compared, once however many records have
    it. Among equals the newest come first.
    """
    tree, names = tree_and_titles()
    scored = {slug: score for slug, score in profile.items() if score > 0}
    telling = {slug: each for slug, each in weights(scored, tree).items() if each > 0}
    if not telling:
        return []
    rows = Postmortem.objects.visible_to(user).precedents()
    best = [
        (pk, nearness(scored, causes, tree))
        for pk, causes in nearest_sets(rows, telling, list(tree), limit)
    ]
    found = Postmortem.objects.in_bulk([pk for pk, _near in best])
    texts = texts_of(found)
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
    ]


def texts_of(found: Mapping[uuid.UUID, Postmortem]) -> dict[uuid.UUID, PostmortemText]:
    """Return each record's text in the reader's language, else the original."""
    by_record: dict[uuid.UUID, list[PostmortemText]] = {pk: [] for pk in found}
    for text in PostmortemText.objects.filter(postmortem__in=found).defer("search"):
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
