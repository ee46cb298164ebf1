"""How an additive instrument turns points into a level: scales, adjustments, bands."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from projects.scoring.tiers import RiskTier

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class PointScale:
    """One sum of points.

    `credit`: its points speak for safety, so that an open answer earns none.
    `alternatives`: only one of so many equal sets of its questions is ever asked.
    """

    code: str
    credit: bool = False
    alternatives: int = 1


@dataclass(frozen=True, slots=True)
class Adjustment:
    """When a scale reaches a share of what can be reached, the total is multiplied."""

    code: str
    scale: str
    at_least: Fraction
    factor: Fraction


@dataclass(frozen=True, slots=True)
class PointBand:
    """A level: totals up to and including this share of the maximum."""

    code: str
    up_to: Fraction
    tier: RiskTier


@dataclass(frozen=True, slots=True)
class AdditiveRules:
    """All that stands between the points of the answers and the level."""

    scales: tuple[PointScale, ...]
    total: str
    adjustments: tuple[Adjustment, ...]
    bands: tuple[PointBand, ...]

    def scale(self, code: str) -> PointScale | None:
        """Return the scale of this code."""
        return next((scale for scale in self.scales if scale.code == code), None)

    def adjusted(
        self,
        total: Fraction,
        points: Mapping[str, Fraction],
        reach: Mapping[str, Fraction],
    ) -> Fraction:
        """Return the total after every adjustment that holds, rounded half up.

        `points` and `reach` are the points of each scale and the most it can have.
        """
        for adjustment in self.adjustments:
            threshold = adjustment.at_least * reach[adjustment.scale]
            if points[adjustment.scale] >= threshold:
                total = Fraction((total * adjustment.factor + HALF).__floor__())
        return total

    def band(self, share: Fraction) -> PointBand:
        """Return the level of a share of the maximum, 0 to 1."""
        return next(band for band in self.bands if share <= band.up_to)
