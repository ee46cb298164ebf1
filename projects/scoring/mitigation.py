"""From inherent to residual scores: what practices at work leave of a risk."""

from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import TypeVar

from projects.scoring.plan import Plan
from projects.scoring.result import CauseScore, RiskScore

_TENTH = Decimal("0.1")
_Number = TypeVar("_Number", Fraction, Decimal)


def residual(score: Decimal, effects: Iterable[Decimal]) -> Decimal:
    """Return score * product of (1 - effect), rounded to tenths."""
    left = score
    for effect in effects:
        left *= 1 - effect
    return left.quantize(_TENTH, ROUND_HALF_EVEN)


def shares(plan: Plan, cause: CauseScore) -> dict[str, Fraction]:
    """Return which part of the cause's warning each named slug carries, 0 to 1.

    The parts of all slugs of the cause's own tree add up to 1 while its answers warn
    at all: a question that names two of them is divided by its weights.
    """
    weights = {question.code: question.weights for question in plan.questions}
    total = sum((term.weight * term.point for term in cause.terms), Fraction())
    found: dict[str, Fraction] = {}
    for term in cause.terms if total else ():
        for slug, weight in weights[term.question]:
            if slug == cause.slug or plan.causes.get(slug) == cause.slug:
                part = Fraction(weight) * term.point / total
                found[slug] = found.get(slug, Fraction()) + part
    return found


def addressed(
    slug: str, parts: Mapping[str, _Number], against: Collection[str]
) -> _Number | int:
    """Return the part of a cause's score on which a practice acts.

    Against the cause itself it acts in full, against sub-causes on their parts.
    """
    if slug in against:
        return 1
    return sum((part for one, part in parts.items() if one in against), 0)


def promise(
    plan: Plan, risk: RiskScore, effect: Fraction, slugs: frozenset[str]
) -> Fraction:
    """Return the points a practice against `slugs` may take off the top-level causes."""
    points = (
        cause.interval.point
        * effect
        * addressed(cause.slug, shares(plan, cause), slugs)
        for cause in risk.top_level
        if cause.interval
    )
    return sum(points, Fraction())
