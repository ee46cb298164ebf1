"""From inherent to residual scores: what practices at work leave of a risk."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from projects.scoring.plan import Plan
from projects.scoring.score import CauseScore, RiskScore

_TENTH = Decimal("0.1")


def residual(score: Decimal, effects: Iterable[Decimal]) -> Decimal:
    """Return score * product of (1 - effect), rounded to tenths."""
    left = score
    for effect in effects:
        left *= 1 - effect
    return left.quantize(_TENTH, ROUND_HALF_EVEN)


def promise(
    plan: Plan, risk: RiskScore, effect: Fraction, slugs: frozenset[str]
) -> Fraction:
    """Return the points a practice against `slugs` may take off the top-level causes.

    Against a top-level cause it acts in full; against sub-causes on their share of
    the warning in the answers.
    """
    parts = (
        cause.interval.point * effect * _addressed(plan, cause, slugs)
        for cause in risk.top_level
        if cause.interval
    )
    return sum(parts, Fraction())


def _addressed(plan: Plan, cause: CauseScore, slugs: frozenset[str]) -> Fraction:
    if cause.slug in slugs:
        return Fraction(1)
    weights = {question.code: question.weights for question in plan.questions}
    addressed = total = 0
    for term in cause.terms:
        total += term.weight * term.point
        addressed += term.point * sum(
            weight
            for slug, weight in weights[term.question]
            if slug in slugs and plan.causes.get(slug) == cause.slug
        )
    return Fraction(addressed, total) if total else Fraction()
