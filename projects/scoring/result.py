"""What scoring one answer sheet says: per cause, overall, and the tier."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from projects.scoring.gates import GateReport
from projects.scoring.interval import Interval, Term
from projects.scoring.points import PointScore
from projects.scoring.tiers import RiskTier
from projects.scoring.weighing import FiredFloor


@dataclass(frozen=True)
class CauseScore:
    """The score of one cause (or of IMPACT); no interval means not assessed.

    `unfloored` is the point before floors, which `terms` add up to.
    """

    slug: str
    top_level: str
    interval: Interval | None
    unfloored: Fraction | None
    terms: Sequence[Term] = field(repr=False, default=())
    scale: int = 1

    @property
    def is_certain(self) -> bool:
        """Tell whether the cause stays assessed whatever is answered."""
        return any(term.certain for term in self.terms)


@dataclass(frozen=True)
class RiskScore:
    """All that one answer sheet says about a project."""

    causes: tuple[CauseScore, ...]
    impact: CauseScore
    overall: Interval | None
    binding_cause: str | None
    breadth: Fraction | None
    completeness: Fraction
    floors: tuple[FiredFloor, ...]
    gates: GateReport
    hidden: tuple[str, ...]
    tier: RiskTier | None
    provisional: bool
    not_assessable: bool
    points: PointScore | None = None
    """The points per scale, of an additive instrument only."""

    @property
    def top_level(self) -> tuple[CauseScore, ...]:
        return tuple(cause for cause in self.causes if cause.slug == cause.top_level)

    def cause(self, slug: str) -> CauseScore:
        return next(cause for cause in self.causes if cause.slug == slug)
