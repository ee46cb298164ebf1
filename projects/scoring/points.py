"""Points of an additive instrument: exact sums with what is still possible.

An open answer may be worth anything from 0 to the most its question can give; in the
point it counts its unknown signal's share of that, or nothing on a scale of credit.
A question whose visibility is undetermined is out, or in with what was said to it. So
an empty form is never the lowest level, and answering narrows every interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from projects.scoring.answers import AnswerState
from projects.scoring.branching import Standing
from projects.scoring.expression import Truth
from projects.scoring.instrument import Instrument, Question
from projects.scoring.interval import Interval
from projects.scoring.scales import AdditiveRules, PointBand, PointScale
from projects.scoring.signals import Value, chosen


@dataclass(frozen=True, slots=True)
class PointLine:
    """What one question adds to its scale; low and high are what is still possible."""

    question: str
    section: str
    low: Fraction
    point: Fraction
    high: Fraction
    most: int


@dataclass(frozen=True, slots=True)
class SectionPoints:
    """One section's part of one scale."""

    section: str
    interval: Interval
    most: int

    @property
    def is_full(self) -> bool:
        """Whether every point of the section is surely given: not to be averaged away."""
        return self.most > 0 and self.interval.low == self.most


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale: its points, their maximum, and the questions behind them."""

    code: str
    interval: Interval
    most: int
    """Over all questions, asked or not."""
    reach: Fraction
    """The most that one project can have."""
    sections: tuple[SectionPoints, ...]
    lines: tuple[PointLine, ...]


@dataclass(frozen=True, slots=True)
class AppliedAdjustment:
    """Whether an adjustment holds, and how far its threshold is."""

    code: str
    scale: str
    threshold: Fraction
    holds: bool
    missing: Fraction
    """Points the scale lacks; a result near the threshold must say so."""


@dataclass(frozen=True, slots=True)
class PointScore:
    """All points of one answer sheet; no band: not assessable."""

    scales: tuple[ScaleScore, ...]
    total: Interval
    most: int
    adjustments: tuple[AppliedAdjustment, ...]
    band: PointBand | None
    completeness: Fraction
    provisional: bool

    @property
    def percent(self) -> Interval | None:
        """The total in percent of its maximum."""
        if not self.most:
            return None
        low, point, high = (
            100 * bound / self.most
            for bound in (self.total.low, self.total.point, self.total.high)
        )
        return Interval(low, point, high)


def points_of(
    instrument: Instrument, rules: AdditiveRules, standings: Sequence[Standing]
) -> PointScore:
    """Add up one resolved answer sheet."""
    places = {
        question.code: section.code
        for section in instrument.sections
        for question in section.questions
    }
    scales = tuple(_scale(scale, standings, places) for scale in rules.scales)
    by_code = {scale.code: scale for scale in scales}
    reach = {scale.code: scale.reach for scale in scales}
    raw = by_code[rules.total].interval
    low = {scale.code: scale.interval.low for scale in scales}
    point = {scale.code: scale.interval.point for scale in scales}
    high = {scale.code: scale.interval.high for scale in scales}
    # More points on an adjusting scale only ever lower the total.
    total = Interval(
        rules.adjusted(raw.low, high, reach),
        rules.adjusted(raw.point, point, reach),
        rules.adjusted(raw.high, low, reach),
    )
    most = by_code[rules.total].most
    completeness, has_any = _progress(standings)
    provisional = completeness < instrument.completeness_threshold
    counted = total.high if provisional else total.point
    return PointScore(
        scales=scales,
        total=total,
        most=most,
        adjustments=_adjustments(rules, point, reach),
        band=rules.band(counted / most) if has_any and most else None,
        completeness=completeness,
        provisional=provisional,
    )


def _scale(
    scale: PointScale, standings: Sequence[Standing], places: dict[str, str]
) -> ScaleScore:
    asked = [each for each in standings if each.question.scale == scale.code]
    lines = tuple(_line(each, scale, places[each.question.code]) for each in asked)
    most = sum(each.question.most_points for each in asked)
    codes = dict.fromkeys(line.section for line in lines)
    return ScaleScore(
        code=scale.code,
        interval=_sum(lines),
        most=most,
        reach=Fraction(most, scale.alternatives),
        sections=tuple(
            _section(code, [line for line in lines if line.section == code])
            for code in codes
        ),
        lines=lines,
    )


def _section(code: str, lines: Sequence[PointLine]) -> SectionPoints:
    return SectionPoints(code, _sum(lines), sum(line.most for line in lines))


def _sum(lines: Sequence[PointLine]) -> Interval:
    return Interval(
        sum((line.low for line in lines), Fraction()),
        sum((line.point for line in lines), Fraction()),
        sum((line.high for line in lines), Fraction()),
    )


def _line(standing: Standing, scale: PointScale, section: str) -> PointLine:
    question, answer = standing.question, standing.answer
    most = question.most_points
    low = point = high = Fraction()
    if answer.state is AnswerState.ANSWERED:
        low = point = high = Fraction(
            given_points(question, cast("Value", answer.value))
        )
    elif answer.is_open and not standing.is_hidden:
        high = Fraction(most)
        point = Fraction() if scale.credit else most * question.unknown_signal
    if standing.visible is not Truth.YES:
        low = point = Fraction()
    return PointLine(question.code, section, low, point, high, most)


def given_points(question: Question, value: Value) -> int:
    """Return the points of an answer: those the document gives its choices."""
    return sum(choice.points for choice in chosen(question, value))


def _progress(standings: Sequence[Standing]) -> tuple[Fraction, bool]:
    """Return which share of the reachable points is settled, and if any is answered."""
    reachable = [s for s in standings if s.question.most_points and not s.is_hidden]
    total = sum(each.question.most_points for each in reachable)
    settled = sum(s.question.most_points for s in reachable if not s.answer.is_open)
    has_any = any(s.answer.state is AnswerState.ANSWERED for s in reachable)
    return (Fraction(settled, total) if total else Fraction()), has_any


def _adjustments(
    rules: AdditiveRules, point: dict[str, Fraction], reach: dict[str, Fraction]
) -> tuple[AppliedAdjustment, ...]:
    applied = []
    for each in rules.adjustments:
        threshold = each.at_least * reach[each.scale]
        missing = max(threshold - point[each.scale], Fraction())
        applied.append(
            AppliedAdjustment(each.code, each.scale, threshold, not missing, missing)
        )
    return tuple(applied)
