"""The score limits under which a milder tier begins."""

from collections.abc import Iterator
from dataclasses import dataclass

from projects.scoring.tiers import BAND_LIMITS, MATRIX, RiskTier


@dataclass(frozen=True, slots=True)
class Goal:
    """Limits that make a milder tier; None is no limit.

    `at_high`: met by the high bounds, whatever is still open. Otherwise met by the
    points, once enough is answered.
    """

    likelihood: int | None
    impact: int | None
    at_high: bool


def goals_below(tier: RiskTier, *, provisional: bool) -> Iterator[Goal]:
    """Yield the limits of every way to a tier milder than `tier`."""
    limits = (*BAND_LIMITS, None)
    seen = -1
    for column in reversed(range(len(limits))):
        rows = [r for r in range(len(limits)) if MATRIX[r][column].rank < tier.rank]
        if not rows or max(rows) <= seen:
            continue
        seen = max(rows)
        for at_high in (False, True) if provisional else (False,):
            yield Goal(limits[seen], limits[column], at_high)
