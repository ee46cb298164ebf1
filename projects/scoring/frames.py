"""A sheet whose shape is settled, so that further changes can be counted, not scored.

A frame is the sheet after those changes that may open or close a branch, or take a
question out of the mean. The changes left for a frame only move their own terms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import nlargest
from math import lcm, prod
from typing import TypeAlias

from projects.scoring.answers import AnswerSheet, AnswerState
from projects.scoring.branching import Standing, fact_of, resolve_questions
from projects.scoring.candidates import AnswerChange, Change, PracticeChange
from projects.scoring.covering import WHOLE
from projects.scoring.expression import Truth
from projects.scoring.instrument import IMPACT, Floor
from projects.scoring.outlook import WorkingPractice
from projects.scoring.plan import Plan, PlannedQuestion
from projects.scoring.signals import floors_of, signal_of
from projects.scoring.weighing import weigh


def may_reshape(plan: Plan, standing: Standing, change: AnswerChange) -> bool:
    """Tell whether a change may do more than move its own terms.

    It may not if the question is surely asked before, answered after, and no condition
    can tell the two answers apart.
    """
    visible, answer = standing.visible, standing.answer
    if visible is not Truth.YES or answer.state is AnswerState.NOT_APPLICABLE:
        return True
    if change.answer.state is not AnswerState.ANSWERED:
        return True
    question = standing.question
    before = {question.code: fact_of(question, visible, answer)}
    after = {question.code: fact_of(question, visible, change.answer)}
    return any(
        leaf.truth(before) is not leaf.truth(after)
        for each in plan.questions
        if each.visible_when
        for leaf in each.visible_when.leaves()
        if leaf.code == question.code
    )


@dataclass(frozen=True, slots=True)
class Move:
    """A changed answer: its index, its signal in ticks, and its floors."""

    index: int
    signal: int
    floors: tuple[Floor, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A changed answer to a scored question, before it is put on a scale."""

    index: int
    question: str
    signal: Fraction
    floors: tuple[Floor, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """A practice against one top-level cause: in full, or against these sub-causes."""

    effect: Fraction
    slugs: frozenset[str]


def readings_of(plan: Plan, changes: Mapping[int, Change]) -> list[Reading]:
    """Return what the changed answers say, by the index of their changes."""
    questions = {question.code: question for question in plan.questions}
    readings = []
    for index, change in changes.items():
        if isinstance(change, PracticeChange) or change.answer.value is None:
            continue
        question, value = questions[change.question], change.answer.value
        if question.weights:
            floors = tuple(floor for _, floor in floors_of(question, value))
            signal = signal_of(question, value)
            readings.append(Reading(index, question.code, signal, floors))
    return readings


def aims_of(
    plan: Plan, practices: Mapping[int, WorkingPractice]
) -> dict[str, dict[int, Aim]]:
    """Return the aims of practices by top-level cause, then by their index."""
    aims: dict[str, dict[int, Aim]] = {slug: {} for slug in plan.top_level}
    for index, practice in practices.items():
        for slug in {plan.causes[c] for c in practice.causes if c in plan.causes}:
            tree = frozenset(c for c in practice.causes if plan.causes.get(c) == slug)
            slugs = frozenset({slug}) if slug in tree else tree
            aims[slug][index] = Aim(practice.effect, slugs)
    return aims


Aims: TypeAlias = Mapping[str, Mapping[int, Aim]]


class Frame:
    """A sheet, and the changes that leave its shape as it is.

    Signals count in ticks of 1/scale, `unit` of them to one tick of the weighing;
    `moves` are the answer changes by question, `size` is how many changes there are.
    """

    def __init__(
        self,
        plan: Plan,
        sheet: AnswerSheet,
        readings: Sequence[Reading],
        aims: tuple[Aims, Aims],
        size: int,
    ) -> None:
        self._plan = plan
        self._working, self._aims = aims
        self.size = size
        self.standings = resolve_questions(plan.questions, sheet).standings
        self.weighing = weigh(plan, self.standings)
        shown = {s.question.code: s.visible for s in self.standings if not s.is_hidden}
        self.asked = {code for code, visible in shown.items() if visible is Truth.YES}
        denominators = (reading.signal.denominator for reading in readings)
        self.scale = lcm(self.weighing.scale, *denominators)
        self.unit = self.scale // self.weighing.scale
        self.moves: dict[str, list[Move]] = {}
        for each in readings:
            if each.question in shown:
                ticks = each.signal.numerator * (self.scale // each.signal.denominator)
                move = Move(each.index, ticks, each.floors)
                self.moves.setdefault(each.question, []).append(move)
        self._factors: dict[tuple[str, int], tuple[Fraction, dict[int, Fraction]]] = {}

    @cached_property
    def _weights(self) -> dict[str, tuple[tuple[str, int], ...]]:
        return {q.code: q.weights for q in self._plan.questions}

    @cached_property
    def _floored(self) -> list[tuple[PlannedQuestion, Standing]]:
        pairs = zip(self._plan.planned, self.standings, strict=True)
        return [(p, s) for p, s in pairs if p.floors and not s.is_hidden]

    def factors(self, slug: str, picks: int) -> tuple[Fraction, dict[int, Fraction]]:
        """Return the least of a cause that practices may leave after some picks.

        First those at work, all together; then each of the changes by its index.
        """
        if slug == IMPACT:
            return WHOLE, {}
        if (slug, picks) not in self._factors:
            working = [self._kept(a, slug, picks) for a in self._working[slug].values()]
            kept: dict[Aim, Fraction] = {}
            for aim in self._aims[slug].values():
                if aim not in kept:
                    kept[aim] = self._kept(aim, slug, picks)
            found = {index: kept[aim] for index, aim in self._aims[slug].items()}
            self._factors[slug, picks] = prod(working, start=WHOLE), found
        return self._factors[slug, picks]

    def _kept(self, aim: Aim, slug: str, picks: int) -> Fraction:
        if slug in aim.slugs:
            return 1 - aim.effect
        return 1 - aim.effect * self._largest_share(slug, aim.slugs, picks)

    def _largest_share(self, slug: str, slugs: frozenset[str], picks: int) -> Fraction:
        against, beside = 0, 0
        rises, falls = [], []
        for term in self.weighing.terms[slug]:
            hit = sum(w for one, w in self._weights[term.question] if one in slugs)
            point = term.point * self.unit
            signals = [point, *(m.signal for m in self.moves_on(term.question))]
            against += hit * point
            beside += (term.weight - hit) * point
            rises.append(hit * (max(signals) - point))
            falls.append((term.weight - hit) * (point - min(signals)))
        against += sum(nlargest(picks, rises))
        beside -= sum(nlargest(picks, falls))
        return Fraction(against, against + beside) if against else Fraction()

    def floors_on(self, slug: str, *, at_high: bool) -> Iterator[tuple[str, int]]:
        """Yield the floors on a slug, by question, that the answers give or may give."""
        for planned, standing in self._floored:
            value, sure = standing.answer.value, standing.visible is Truth.YES
            if value is not None and (sure or at_high):
                floors = tuple(f for _, f in floors_of(planned.question, value))
            elif standing.answer.is_open and at_high:
                floors = planned.floors
            else:
                continue
            score = self.largest_floor(floors, slug)
            if score is not None:
                yield planned.question.code, score

    def largest_floor(self, floors: Iterable[Floor], slug: str) -> int | None:
        """Return the largest of the floors that lift a top-level cause."""
        scores = [f.score for f in floors if self._plan.top_of(f.cause) == slug]
        return max(scores, default=None)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Top-level causes and IMPACT, as far as they are assessed."""
        slugs = (*self._plan.top_level, IMPACT)
        return tuple(slug for slug in slugs if self.weighing.terms.get(slug))

    @property
    def threshold(self) -> Fraction:
        return self._plan.instrument.completeness_threshold

    def moves_on(self, code: str) -> Sequence[Move]:
        return self.moves.get(code, ())
