"""What no answers to an additive questionnaire can bring about.

The sums of points that can be reached are kept as the bits of one integer, branches
taken as independent and adjustments as holding or not, as they may. So the sums may be
too many, never too few: nothing that can happen is called impossible.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations

from projects.scoring.instrument import Instrument, Question, QuestionKind
from projects.scoring.lint.finding import Finding, note, warning
from projects.scoring.scales import HALF, AdditiveRules, PointBand

MAX_POINTS = 5_000
MAX_QUESTIONS = 300
MAX_ADJUSTMENTS = 3
MAX_TICKED = 12
"""Choices of one question that are added up in every way."""


def point_findings(instrument: Instrument, rules: AdditiveRules) -> Iterator[Finding]:
    """Find flat questions, idle scales and questions, and bands out of reach."""
    placed = list(instrument.placed())
    used = {rules.total, *(adjustment.scale for adjustment in rules.adjustments)}
    for index, scale in enumerate(rules.scales):
        if scale.code not in used:
            yield note("idle_scale", f"scales[{index}]")
    for place, question in placed:
        if question.scale and _is_flat(question):
            yield warning("flat_points", f"{place}.choices")
    counted = [(p, q) for p, q in placed if q.scale == rules.total]
    most = sum(question.most_points for _, question in counted)
    few = len(rules.adjustments) <= MAX_ADJUSTMENTS and len(counted) <= MAX_QUESTIONS
    if not few or most > MAX_POINTS:
        yield note("not_checked", "bands")
        return
    levels = [_levels(rules, most, factors) for factors in _factors(rules)]
    yield from _bands(rules, levels, _sums(question for _, question in counted))
    yield from _idle(counted, levels)


def _is_flat(question: Question) -> bool:
    points = {choice.points for choice in question.choices}
    if question.kind is QuestionKind.MULTIPLE:
        return points == {0}
    return len(points) == 1


def _factors(rules: AdditiveRules) -> Iterator[tuple[Fraction, ...]]:
    """Yield the factors of every set of adjustments that might hold together."""
    factors = [adjustment.factor for adjustment in rules.adjustments]
    for count in range(len(factors) + 1):
        yield from combinations(factors, count)


def _levels(
    rules: AdditiveRules, most: int, factors: Iterable[Fraction]
) -> list[PointBand]:
    """Return the band of every sum of points when these adjustments hold."""
    bands = []
    for total in range(most + 1):
        points = Fraction(total)
        for factor in factors:
            points = Fraction((points * factor + HALF).__floor__())
        bands.append(rules.band(points / most))
    return bands


def _bands(
    rules: AdditiveRules, levels: list[list[PointBand]], sums: int
) -> Iterator[Finding]:
    totals = list(_whole(sums))
    reached = {bands[total].code for bands in levels for total in totals}
    for index, band in enumerate(rules.bands):
        if band.code not in reached:
            yield warning("unreachable_band", f"bands[{index}]", name=band.code)


def _idle(
    counted: list[tuple[str, Question]], levels: list[list[PointBand]]
) -> Iterator[Finding]:
    tiers = [[band.tier for band in bands] for bands in levels]
    for place, question in counted:
        if _is_flat(question):
            continue
        given = list(_whole(_given(question)))
        others = _sums(other for _, other in counted if other is not question)
        if not any(
            tier[total + given[0]] is not tier[total + given[-1]]
            for total in _whole(others)
            for tier in tiers
        ):
            yield warning("idle_weight", f"{place}.scale")


def _sums(questions: Iterable[Question]) -> int:
    reached = 1
    for question in questions:
        given = _given(question)
        reached = _union(reached << points for points in _whole(given))
    return reached


def _given(question: Question) -> int:
    """Return the points that one question can give, as bits."""
    points = [choice.points for choice in question.choices]
    left_out = question.visible_when is not None or question.allow_not_applicable
    if question.kind is not QuestionKind.MULTIPLE:
        return _union(1 << each for each in points) | left_out
    if len(points) > MAX_TICKED:
        return (1 << (sum(points) + 1)) - 1
    sums = 0
    for each in points:
        sums |= (sums << each) | (1 << each)
    return sums | left_out


def _union(sets: Iterable[int]) -> int:
    united = 0
    for each in sets:
        united |= each
    return united


def _whole(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, in rising order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
