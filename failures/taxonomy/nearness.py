"""How close a record's causes are to a profile of cause scores."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from failures.taxonomy.tree import CauseTree

FAMILY_SHARE = 0.5
"""Part of a score that counts when only the branch, not the cause itself, agrees."""


@dataclass(frozen=True)
class Nearness:
    """Cosine between the profile and the record, and what it is made of."""

    value: float
    reasons: tuple[tuple[str, float], ...]
    """(cause of the record, its part of the overlap), the largest first."""

    @property
    def shares(self) -> tuple[tuple[str, float], ...]:
        """(cause, its part of the whole): these add up to 1.

        The parts themselves exceed the cosine where a cause stands beside its kin.

        """
        whole = sum(part for _slug, part in self.reasons)
        return tuple((slug, part / whole) for slug, part in self.reasons)


def nearness(
    profile: Mapping[str, float], causes: Collection[str], tree: CauseTree
) -> Nearness:
    """Compare; 1 is a record whose causes carry all of the profile, evenly.

    A cause of the record that the profile scores counts with its score; one that
    agrees only with a cause above or below it counts with half of that score.
    """
    length = length_of(profile)
    known = {slug for slug in causes if slug in tree}
    if not length or not known:
        return Nearness(0.0, ())
    parts = [(slug, _part(profile, slug, tree)) for slug in sorted(known)]
    scale = length * math.sqrt(len(known))
    reasons = sorted(
        ((slug, part / scale) for slug, part in parts if part > 0),
        key=lambda reason: (-reason[1], reason[0]),
    )
    return Nearness(min(1.0, sum(part for _, part in reasons)), tuple(reasons))


def length_of(profile: Mapping[str, float]) -> float:
    """Return the Euclidean length of the profile."""
    return math.sqrt(sum(score * score for score in profile.values()))


def weights(profile: Mapping[str, float], tree: CauseTree) -> dict[str, float]:
    """Return how much each cause of the tree counts for a record that has it.

    The nearness of a record is the sum over its causes, divided by the length of the
    profile and the square root of their number.
    """
    return {slug: _part(profile, slug, tree) for slug in tree}


def _part(profile: Mapping[str, float], slug: str, tree: CauseTree) -> float:
    if slug in profile:
        return profile[slug]
    kin = [*tree.ancestors(slug), *tree.with_descendants(slug)[1:]]
    return FAMILY_SHARE * max((profile.get(other, 0.0) for other in kin), default=0.0)
