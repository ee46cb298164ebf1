"""From resolved answers to the weighted terms and floors of every cause."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from projects.scoring.answers import AnswerState
from projects.scoring.branching import Standing
from projects.scoring.expression import Truth
from projects.scoring.instrument import Floor
from projects.scoring.interval import Term
from projects.scoring.plan import Plan, PlannedQuestion
from projects.scoring.signals import floors_of, signal_of


@dataclass(frozen=True, slots=True)
class FiredFloor:
    """A fatal answer given under a branch that is surely open."""

    question: str
    choice: str
    cause: str
    score: int


@dataclass(frozen=True)
class Weighing:
    """Terms per slug in ticks of 1/scale, and floors per slug."""

    scale: int
    terms: Mapping[str, Sequence[Term]]
    given: Mapping[str, int]
    possible: Mapping[str, int]
    fired: tuple[FiredFloor, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The signals one question may have, before they are put on a common scale."""

    planned: PlannedQuestion
    standing: Standing
    low: Fraction
    point: Fraction
    high: Fraction
    floors: tuple[tuple[str, Floor], ...]

    @property
    def is_sure(self) -> bool:
        """Tell whether the question is visible and answered."""
        visible = self.standing.visible is Truth.YES
        return visible and not self.standing.answer.is_open

    def terms(self, scale: int) -> Iterator[tuple[str, Term]]:
        """Yield one term for every slug the question weighs on."""
        question, visible = self.planned.question, self.standing.visible is Truth.YES
        may_drop_out = question.allow_not_applicable and self.standing.answer.is_open
        low, point, high = (
            signal.numerator * (scale // signal.denominator)
            for signal in (self.low, self.point, self.high)
        )
        certain = visible and not may_drop_out
        for slug, weight in self.planned.targets:
            yield slug, Term(question.code, weight, low, point, high, certain, visible)


def weigh(plan: Plan, standings: Sequence[Standing]) -> Weighing:
    """Weigh all questions that are, or may yet be, part of a score."""
    pairs = zip(plan.planned, standings, strict=True)
    readings = [_reading(*pair) for pair in pairs if _counts(*pair)]
    scale = lcm(*(d for reading in readings for d in _denominators(reading)))
    terms: defaultdict[str, list[Term]] = defaultdict(list)
    for reading in readings:
        for slug, term in reading.terms(scale):
            terms[slug].append(term)
    fired = tuple(
        FiredFloor(reading.planned.question.code, choice, floor.cause, floor.score)
        for reading in readings
        if reading.is_sure
        for choice, floor in reading.floors
    )
    possible = [floor for reading in readings for _, floor in reading.floors]
    return Weighing(
        scale=scale,
        terms=terms,
        given=_largest(plan, ((floor.cause, floor.score) for floor in fired)),
        possible=_largest(plan, ((floor.cause, floor.score) for floor in possible)),
        fired=fired,
    )


def _counts(planned: PlannedQuestion, standing: Standing) -> bool:
    if not planned.targets or standing.is_hidden:
        return False
    return standing.answer.state is not AnswerState.NOT_APPLICABLE


def _reading(planned: PlannedQuestion, standing: Standing) -> _Reading:
    value = standing.answer.value
    if value is None:
        floors = tuple(("", floor) for floor in planned.floors)
        signals = (planned.low, planned.unknown, planned.high)
        return _Reading(planned, standing, *signals, floors)
    signal = signal_of(planned.question, value)
    floors = floors_of(planned.question, value)
    return _Reading(planned, standing, signal, signal, signal, floors)


def _denominators(reading: _Reading) -> tuple[int, int, int]:
    signals = (reading.low, reading.point, reading.high)
    low, point, high = (signal.denominator for signal in signals)
    return low, point, high


def _largest(plan: Plan, floors: Iterable[tuple[str, int]]) -> dict[str, int]:
    largest: dict[str, int] = {}
    for cause, score in floors:
        for slug in (cause, plan.top_of(cause)):
            largest[slug] = max(score, largest.get(slug, 0))
    return largest
