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
from projects.scoring.plan import Plan
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
    """An answer change of this frame: its signal in ticks and its floors."""

    index: int
    signal: int
    floors: tuple[Floor, ...]


class Frame:
    """A sheet, and the changes that leave its shape as it is.

    Signals count in ticks of 1/scale, `unit` of them to one tick of the weighing;
    `moves` are the answer changes by question, `size` is how many changes there are.
    """

    def __init__(
        self,
        plan: Plan,
        sheet: AnswerSheet,
        changes: Mapping[int, Change],
        at_work: Sequence[WorkingPractice],
        size: int,
    ) -> None:
        self._plan = plan
        self.standings = resolve_questions(plan.questions, sheet).standings
        self.weighing = weigh(plan, self.standings)
        self.size = size
        self._at_work = at_work
        self.asked = {
            s.question.code for s in self.standings if s.visible is Truth.YES
        }
        self._practices = {
            i: c.practice for i, c in changes.items() if isinstance(c, PracticeChange)
        }
        self.scale = self.weighing.scale
        self.moves = self._moves_of(changes)
        self.unit = self.scale // self.weighing.scale

    def _moves_of(self, changes: Mapping[int, Change]) -> dict[str, list[Move]]:
        planned = {each.question.code: each.question for each in self._plan.planned}
        asked = {s.question.code for s in self.standings if not s.is_hidden}
        moves = [
            (index, change.question, change.answer.value)
            for index, change in changes.items()
            if isinstance(change, AnswerChange) and change.question in asked
        ]
        known = {
            index: signal_of(planned[code], value)
            for index, code, value in moves
            if value is not None and planned[code].weights
        }
        self.scale = lcm(
            self.weighing.scale, *(each.denominator for each in known.values())
        )
        found: dict[str, list[Move]] = {}
        for index, code, value in moves:
            if index in known and value is not None:
                ticks = int(known[index] * self.scale)
                floors = tuple(f for _, f in floors_of(planned[code], value))
                found.setdefault(code, []).append(Move(index, ticks, floors))
        return found

    @cached_property
    def _weights(self) -> dict[str, tuple[tuple[str, int], ...]]:
        return {q.code: q.weights for q in self._plan.questions}

    def part_kept(self, practice: WorkingPractice, slug: str, picks: int) -> Fraction:
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
        working = prod(
            (self.part_kept(one, slug, picks) for one in self._at_work), start=WHOLE
        )
        kept = {
            index: self.part_kept(practice, slug, picks)
            for index, practice in self._practices.items()
        }
        return working, {index: part for index, part in kept.items() if part != 1}

    def floors_on(
        self, slug: str, *, at_high: bool
    ) -> Iterator[tuple[str, int]]:
        """Yield the floors on a slug, by question, that the answers give or may give."""
        for planned, standing in zip(self._plan.planned, self.standings, strict=True):
            if standing.is_hidden or not planned.floors:
                continue
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
