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
class _Reading:
    """A changed answer to a scored question, before it is put on a scale."""

    index: int
    question: str
    signal: Fraction
    floors: tuple[Floor, ...]


def readings_of(
    plan: Plan, changes: Mapping[int, Change]
) -> tuple[dict[int, WorkingPractice], list[_Reading]]:
    """Part changes by index into practices, and answers with what they say."""
    questions = {question.code: question for question in plan.questions}
    practices = {
        i: c.practice for i, c in changes.items() if isinstance(c, PracticeChange)
    }
    readings = []
    for index, change in changes.items():
        if isinstance(change, PracticeChange) or change.answer.value is None:
            continue
        question, value = questions[change.question], change.answer.value
        if question.weights:
            floors = tuple(floor for _, floor in floors_of(question, value))
            signal = signal_of(question, value)
            readings.append(_Reading(index, question.code, signal, floors))
    return practices, readings


class Frame:
    """A sheet, and the changes that leave its shape as it is.

    Signals count in ticks of 1/scale, `unit` of them to one tick of the weighing;
    `moves` are the answer changes by question, `size` is how many changes there are.
    """

    def __init__(
        self,
        plan: Plan,
        sheet: AnswerSheet,
        left: tuple[Mapping[int, WorkingPractice], Sequence[_Reading]],
        at_work: Sequence[WorkingPractice],
        size: int,
    ) -> None:
        self._plan = plan
        self._at_work = at_work
        self.size = size
        self.standings = resolve_questions(plan.questions, sheet).standings
        self.weighing = weigh(plan, self.standings)
        shown = {s.question.code: s.visible for s in self.standings if not s.is_hidden}
        self.asked = {code for code, visible in shown.items() if visible is Truth.YES}
        self._practices, readings = left
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

    def _part_kept(self, practice: WorkingPractice, slug: str, picks: int) -> Fraction:
        """Return the least that a practice can leave of a cause after some picks."""
        return 1 - practice.effect * self._largest_share(practice, slug, picks)

    def _largest_share(
        self, practice: WorkingPractice, slug: str, picks: int
    ) -> Fraction:
        if slug in practice.causes:
            return WHOLE
        tree = {
            one for one in practice.causes if self._plan.causes.get(one) == slug
        }
        if not tree:
            return Fraction()
        against, beside = 0, 0
        rises, falls = [], []
        for term in self.weighing.terms[slug]:
            hit = sum(w for one, w in self._weights[term.question] if one in tree)
            point = term.point * self.unit
            signals = [m.signal for m in self.moves.get(term.question, ())]
            against += hit * point
            beside += (term.weight - hit) * point
            rises.append(hit * max(0, *(s - point for s in signals), 0))
            falls.append((term.weight - hit) * max(0, *(point - s for s in signals), 0))
        against += sum(nlargest(picks, rises))
        beside -= sum(nlargest(picks, falls))
        return Fraction(against, against + beside) if against else Fraction()

    def factors(self, slug: str, picks: int) -> tuple[Fraction, dict[int, Fraction]]:
        """Return what practices can leave of a cause: those at work, and each other."""
        if slug == IMPACT:
            return WHOLE, {}
        if (slug, picks) not in self._factors:
            working = [self._part_kept(each, slug, picks) for each in self._at_work]
            kept = {
                index: self._part_kept(practice, slug, picks)
                for index, practice in self._practices.items()
                if self._is_against(practice, slug)
            }
            self._factors[slug, picks] = prod(working, start=WHOLE), kept
        return self._factors[slug, picks]

    def _is_against(self, practice: WorkingPractice, slug: str) -> bool:
        return any(self._plan.causes.get(one) == slug for one in practice.causes)

    def floors_on(
        self, slug: str, *, at_high: bool
    ) -> Iterator[tuple[str, int]]:
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
