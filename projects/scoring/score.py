"""The weighted score: an interval per cause, the overall likelihood and the tier.

Where the written rules needed completing so that the promised properties hold:

- an open question that allows "not applicable" may still drop out, so for the bounds
  it is free like an undetermined one (else answering "not applicable" may widen them);
- the unknown signal counts held inside the signals the question can give (else the
  point may leave its interval);
- a cause with undetermined questions only has its point over those;
- a floor given under an undetermined branch lifts the high bound only;
- a floor on a sub-cause lifts its top-level cause as well;
- the overall low bound looks at causes that are certain to stay assessed, because a
  cause whose last question is hidden or not applicable leaves the maximum. If none is
  certain it is the smallest low bound of all;
- the tier is provisional too while likelihood or impact has no answer at all.
"""

from collections.abc import Sequence
from fractions import Fraction

from projects.scoring.answers import AnswerError, AnswerSheet, AnswerState
from projects.scoring.branching import Resolution, Standing, resolve_questions
from projects.scoring.gates import check_gates
from projects.scoring.instrument import IMPACT, Dimension, Instrument
from projects.scoring.interval import Interval, mean_interval
from projects.scoring.plan import CauseMap, Plan, plan_for
from projects.scoring.points import points_of
from projects.scoring.result import CauseScore, RiskScore
from projects.scoring.scales import AdditiveRules
from projects.scoring.tiers import RiskTier, tier_for
from projects.scoring.weighing import Weighing, weigh


def score(instrument: Instrument, sheet: AnswerSheet, causes: CauseMap) -> RiskScore:
    """Score one sheet; for many sheets compile with `plan_for` and `score_with`."""
    return score_with(plan_for(instrument, causes), sheet)


def score_with(plan: Plan, sheet: AnswerSheet) -> RiskScore:
    """Score one sheet with a compiled instrument."""
    _refuse_strangers(plan, sheet)
    resolution = resolve_questions(plan.questions, sheet)
    if plan.instrument.rules is not None:
        return _added_up(plan.instrument, plan.instrument.rules, resolution)
    weighing = weigh(plan, resolution.standings)
    causes = tuple(
        cause_score(plan, weighing, slug) for slug in plan.top_level + plan.sub_causes
    )
    impact = cause_score(plan, weighing, IMPACT)
    overall = overall_interval(causes)
    progress = Progress(resolution.standings)
    complete = progress.completeness >= plan.instrument.completeness_threshold
    provisional = not (complete and progress.has_both)
    tier = tier_of(overall, impact.interval, provisional=provisional)
    tier = tier if progress.has_any else None
    points = [c.interval.point for c in causes if _is_assessed_top(c) and c.interval]
    return RiskScore(
        causes=causes,
        impact=impact,
        overall=overall,
        binding_cause=binding_of(causes),
        breadth=sum(points, Fraction()) / len(points) if points else None,
        completeness=progress.completeness,
        floors=weighing.fired,
        gates=check_gates(plan.instrument.gates, resolution.facts),
        hidden=resolution.dropped,
        tier=tier,
        provisional=provisional and tier is not None,
        not_assessable=tier is None,
    )


def _added_up(
    instrument: Instrument, rules: AdditiveRules, resolution: Resolution
) -> RiskScore:
    """Score by points: no causes; the overall interval is in percent of the maximum."""
    points = points_of(instrument, rules, resolution.standings)
    tier = points.band.tier if points.band else None
    return RiskScore(
        causes=(),
        impact=CauseScore(IMPACT, IMPACT, None, None),
        overall=points.percent,
        binding_cause=None,
        breadth=None,
        completeness=points.completeness,
        floors=(),
        gates=check_gates(instrument.gates, resolution.facts),
        hidden=resolution.dropped,
        tier=tier,
        provisional=points.provisional and tier is not None,
        not_assessable=tier is None,
        points=points,
    )


def cause_score(plan: Plan, weighing: Weighing, slug: str) -> CauseScore:
    """Score one slug of a weighing."""
    terms = tuple(weighing.terms.get(slug, ()))
    mean = mean_interval(terms, weighing.scale)
    given, possible = weighing.given.get(slug, 0), weighing.possible.get(slug, 0)
    return CauseScore(
        slug=slug,
        top_level=plan.top_of(slug),
        interval=mean.raised(given, possible) if mean else None,
        unfloored=mean.point if mean else None,
        terms=terms,
        scale=weighing.scale,
    )


def overall_interval(causes: Sequence[CauseScore]) -> Interval | None:
    """Return the largest of each bound over the assessed top-level causes."""
    assessed = [c for c in causes if _is_assessed_top(c)]
    intervals = [c.interval for c in assessed if c.interval]
    if not intervals:
        return None
    certain = [c.interval.low for c in assessed if c.is_certain and c.interval]
    return Interval(
        max(certain) if certain else min(interval.low for interval in intervals),
        max(interval.point for interval in intervals),
        max(interval.high for interval in intervals),
    )


class Progress:
    """How much of the weight that may count is answered or not applicable."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        reachable = [s for s in standings if s.question.weight and not s.is_hidden]
        settled = [s.question.weight for s in reachable if not s.answer.is_open]
        total = sum(standing.question.weight for standing in reachable)
        self.completeness = Fraction(sum(settled), total) if total else Fraction()
        self._answered = {
            standing.question.dimension
            for standing in reachable
            if standing.answer.state is AnswerState.ANSWERED
        }

    @property
    def has_any(self) -> bool:
        return bool(self._answered)

    @property
    def has_both(self) -> bool:
        return self._answered == set(Dimension)


def _refuse_strangers(plan: Plan, sheet: AnswerSheet) -> None:
    strangers = set(sheet) - {question.code for question in plan.questions}
    if strangers:
        raise AnswerError("unknown_question", min(strangers))


def _is_assessed_top(cause: CauseScore) -> bool:
    return cause.slug == cause.top_level and cause.interval is not None


def binding_of(causes: Sequence[CauseScore]) -> str | None:
    """Name the top-level cause with the largest point; ties go by the alphabet."""
    points = [
        (-c.interval.point, c.slug)
        for c in causes
        if _is_assessed_top(c) and c.interval
    ]
    return min(points)[1] if points else None


def tier_of(
    overall: Interval | None, impact: Interval | None, *, provisional: bool
) -> RiskTier | None:
    """Look up the tier of both scores; a provisional one is that of the high bounds."""
    if overall is None or impact is None:
        return None
    if provisional:
        return tier_for(overall.high, impact.high)
    return tier_for(overall.point, impact.point)
