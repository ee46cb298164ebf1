"""Risk tiers: the bands of both scores and the matrix that joins them."""

from bisect import bisect_left
from enum import StrEnum
from fractions import Fraction

BAND_LIMITS = (25, 50, 75)
"""Upper limits of the lower three bands; a limit belongs to the band below it."""


class RiskTier(StrEnum):
    """How much care a project needs, mildest first."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the mildest."""
        return tuple(RiskTier).index(self)


_LOW, _MODERATE, _HIGH, _CRITICAL = RiskTier

MATRIX = (
    (_LOW, _LOW, _MODERATE, _MODERATE),
    (_LOW, _MODERATE, _MODERATE, _HIGH),
    (_MODERATE, _MODERATE, _HIGH, _CRITICAL),
    (_MODERATE, _HIGH, _CRITICAL, _CRITICAL),
)
"""Rows by likelihood band, columns by impact band, both mildest first."""


def band(score: Fraction) -> int:
    """Return the band of a score from 0 to 100, 0 for the mildest."""
    return bisect_left(BAND_LIMITS, score)


def tier_for(likelihood: Fraction, impact: Fraction) -> RiskTier:
    """Look up the tier of two scores from 0 to 100."""
    return MATRIX[band(likelihood)][band(impact)]
