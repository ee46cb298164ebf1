"""What is left of a scored risk while practices are at work, in exact fractions.

The rule is that of `mitigation`: a practice takes the part `effect * share` off the
score of a cause, the share being 1 where it is against the cause itself (or against
the top-level cause above a sub-cause), otherwise the part of the cause's warning that
the sub-causes it is against carry. The same part goes off all three bounds, floors
included; impact stays. The tier is read from what is left exactly as it is read from
the inherent score: at the high bounds while it is provisional.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from projects.scoring.interval import Interval
from projects.scoring.mitigation import addressed, shares
from projects.scoring.plan import Plan
from projects.scoring.result import CauseScore, RiskScore
from projects.scoring.score import binding_of, overall_interval, tier_of
from projects.scoring.tiers import RiskTier


@dataclass(frozen=True, slots=True)
class WorkingPractice:
    """A practice with its effect, 0 to 1, and the causes it is against."""

    slug: str
    effect: Fraction
    causes: frozenset[str]


@dataclass(frozen=True)
class Outlook:
    """A result with what practices leave of it; `left` has every assessed cause."""

    risk: RiskScore
    left: Mapping[str, Interval]
    overall: Interval | None
    binding_cause: str | None
    tier: RiskTier | None


def outlook(
    plan: Plan, risk: RiskScore, practices: Sequence[WorkingPractice]
) -> Outlook:
    """Put practices to work against a result; points know no causes, and stay."""
    if risk.points is not None:
        return Outlook(risk, {}, risk.overall, None, risk.tier)
    causes = [_left(plan, cause, practices) for cause in risk.causes]
    overall = overall_interval(causes)
    tier = tier_of(overall, risk.impact.interval, provisional=risk.provisional)
    return Outlook(
        risk=risk,
        left={cause.slug: cause.interval for cause in causes if cause.interval},
        overall=overall,
        binding_cause=binding_of(causes),
        tier=None if risk.not_assessable else tier,
    )


def _left(
    plan: Plan, cause: CauseScore, practices: Sequence[WorkingPractice]
) -> CauseScore:
    if cause.interval is None or not practices:
        return cause
    if cause.slug == cause.top_level:
        parts = shares(plan, cause)
    else:
        parts = {cause.top_level: Fraction(1)}
    kept = Fraction(1)
    for practice in practices:
        kept *= 1 - practice.effect * addressed(cause.slug, parts, practice.causes)
    was = cause.interval
    left = Interval(was.low * kept, was.point * kept, was.high * kept)
    return replace(cause, interval=left)
