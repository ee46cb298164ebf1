"""From inherent to residual scores: what verified practices leave of a risk."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from projects.scoring.plan import Plan
from projects.scoring.score import CauseScore, RiskScore


@dataclass(frozen=True, slots=True)
class Measure:
    """A practice at work: its effect in [0, 1] on the causes it addresses."""

    effect: Fraction
    causes: frozenset[str]


def residual(score: Fraction, effects: Iterable[Fraction]) -> Fraction:
    """Return score * product of (1 - effect)."""
    for effect in effects:
        score *= 1 - effect
    return score


def residual_of(
    plan: Plan, cause: CauseScore, measures: Collection[Measure]
) -> Fraction | None:
    """Return what the measures leave of a cause's point; None if not assessed.

    A measure against the cause itself, or against its top-level cause, acts in
    full. One against sub-causes of a top-level cause acts on their share of the
    warning in the answers, so that it cannot remove what it does not address.
    """
    if cause.interval is None:
        return None
    effects = [
        measure.effect * _addressed(plan, cause, measure.causes) for measure in measures
    ]
    return residual(cause.interval.point, effects)


def gain(plan: Plan, risk: RiskScore, measure: Measure) -> Fraction:
    """Return the points a measure would take off all top-level causes together."""
    total = Fraction()
    for cause in risk.top_level:
        left = residual_of(plan, cause, [measure])
        if left is not None and cause.interval is not None:
            total += cause.interval.point - left
    return total


def _addressed(plan: Plan, cause: CauseScore, slugs: frozenset[str]) -> Fraction:
    if cause.slug in slugs or cause.top_level in slugs:
        return Fraction(1)
    weights = {question.code: dict(question.weights) for question in plan.questions}
    addressed = total = 0
    for term in cause.terms:
        total += term.weight * term.point
        addressed += term.point * sum(
            weight
            for slug, weight in weights[term.question].items()
            if slug in slugs and plan.causes.get(slug) == cause.slug
        )
    return Fraction(addressed, total) if total else Fraction()
