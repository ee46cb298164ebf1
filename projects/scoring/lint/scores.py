"""What no answer sheet can bring about: tiers, bands, causes, weights without effect."""

from collections.abc import Iterator, Mapping

from projects.scoring.answers import AnswerSheet
from projects.scoring.instrument import IMPACT, Dimension, Instrument
from projects.scoring.lint.finding import Finding, error, warning
from projects.scoring.lint.leverage import Pull, is_idle, pull_of
from projects.scoring.plan import CauseMap, Plan, plan_for
from projects.scoring.result import CauseScore, RiskScore
from projects.scoring.score import score_with
from projects.scoring.tiers import MATRIX, RiskTier, band

SATURATED = 75


def asking_findings(instrument: Instrument, causes: CauseMap) -> Iterator[Finding]:
    """Find top-level causes and dimensions no question asks about."""
    weighed = {
        slug for question in instrument.questions for slug, _ in question.weights
    }
    asked = {causes.get(slug, slug) for slug in weighed}
    for slug in sorted(set(causes.values()) - asked):
        yield warning("unasked_cause", "sections", name=slug)
    scored = {q.dimension for q in instrument.questions if q.weights}
    if Dimension.IMPACT not in scored:
        yield error("no_impact_question", "sections")
    if Dimension.LIKELIHOOD not in scored:
        yield error("no_likelihood_question", "sections")


def score_findings(instrument: Instrument, causes: CauseMap) -> Iterator[Finding]:
    """Find what no answers lead to, in an instrument without errors."""
    plan = plan_for(instrument, causes)
    risk = score_with(plan, AnswerSheet())
    for cause in risk.top_level:
        if cause.interval and cause.interval.low >= SATURATED:
            params = {"name": cause.slug, "least": SATURATED}
            yield warning("saturated_cause", "sections", **params)
    reached = _reached(risk)
    for tier in RiskTier:
        if reached and tier not in reached:
            yield warning("unreachable_tier", "sections", tier=tier.value)
    if len(reached) > 1:
        yield from _idle_weights(plan, risk)


def _bands(score: CauseScore) -> range:
    """Return the bands a score can be in."""
    if score.interval is None:
        return range(0)
    return range(band(score.interval.low), band(score.interval.high) + 1)


def _likelihood(risk: RiskScore) -> range:
    if risk.overall is None:
        return range(0)
    return range(band(risk.overall.low), band(risk.overall.high) + 1)


def _reached(risk: RiskScore) -> set[RiskTier]:
    rows, columns = _likelihood(risk), _bands(risk.impact)
    return {MATRIX[row][column] for row in rows for column in columns}


def _idle_weights(plan: Plan, risk: RiskScore) -> Iterator[Finding]:
    scores = {score.slug: score for score in (*risk.top_level, risk.impact)}
    pulls = _pulls(plan, scores)
    still = _still(risk, scores)
    for (place, question), planned in zip(
        plan.instrument.placed(), plan.planned, strict=True
    ):
        tops = [slug for slug, _ in planned.targets if slug in scores]
        # That a flat question warns of nothing is told already.
        flat = planned.low == planned.high
        if (
            tops
            and not flat
            and all(
                slug in still or _is_idle(pulls[slug], question.code) for slug in tops
            )
        ):
            key = "weight" if question.dimension is Dimension.IMPACT else "weights"
            yield warning("idle_weight", f"{place}.{key}")


def _pulls(plan: Plan, scores: Mapping[str, CauseScore]) -> dict[str, dict[str, Pull]]:
    """Return the pulls on every top-level cause and on impact, by question."""
    pulls: dict[str, dict[str, Pull]] = {slug: {} for slug in scores}
    for planned in plan.planned:
        for slug, _ in planned.targets:
            if slug in pulls:
                pulls[slug][planned.question.code] = pull_of(planned, slug)
    return pulls


def _is_idle(pulls: Mapping[str, Pull], code: str) -> bool:
    others = [pull for other, pull in pulls.items() if other != code]
    return is_idle(pulls[code], others)


def _still(risk: RiskScore, scores: Mapping[str, CauseScore]) -> set[str]:
    """Return the slugs of which no change can move the tier.

    A cause stays in its band, or never rises above what another cause surely has, or
    the matrix says the same wherever it goes.
    """
    rows, columns = _likelihood(risk), _bands(risk.impact)
    by_impact = all(len({MATRIX[r][c] for r in rows}) == 1 for c in columns)
    by_likelihood = all(len({MATRIX[r][c] for c in columns}) == 1 for r in rows)
    still = {slug for slug, score in scores.items() if _is_still(score)}
    for slug, score in scores.items():
        constant = by_likelihood if slug == IMPACT else by_impact
        if constant or (slug != IMPACT and _is_covered(score, scores)):
            still.add(slug)
    return still


def _is_still(score: CauseScore) -> bool:
    return score.is_certain and len(_bands(score)) == 1


def _is_covered(score: CauseScore, scores: Mapping[str, CauseScore]) -> bool:
    if score.interval is None:
        return False
    least = [
        band(other.interval.low)
        for other in scores.values()
        if other.slug not in (IMPACT, score.slug)
        and other.is_certain
        and other.interval
    ]
    return bool(least) and band(score.interval.high) <= max(least)
