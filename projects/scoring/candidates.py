"""What could be changed about a project: an answer, or a practice put to work."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from projects.scoring.answers import Answer, AnswerSheet
from projects.scoring.branching import Standing, resolve_questions
from projects.scoring.expression import Truth
from projects.scoring.instrument import Question, QuestionKind
from projects.scoring.outlook import WorkingPractice
from projects.scoring.plan import Plan
from projects.scoring.points import given_points
from projects.scoring.signals import Value, chosen, floors_of, signal_of
from projects.scoring.unknowns import trial_answers

DEFAULT_COST = 10
"""What a change costs, in points of no unit, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """Another answer to one question."""

    question: str
    answer: Answer
    cost: int = DEFAULT_COST

    @property
    def target(self) -> tuple[str, str]:
        """Two changes of one target exclude each other."""
        return "question", self.question


@dataclass(frozen=True, slots=True)
class PracticeChange:
    """A practice put to work."""

    practice: WorkingPractice
    cost: int = DEFAULT_COST

    @property
    def target(self) -> tuple[str, str]:
        return "practice", self.practice.slug


Change: TypeAlias = AnswerChange | PracticeChange


def changed_sheet(sheet: AnswerSheet, changes: Iterable[Change]) -> AnswerSheet:
    """Return the sheet with the changed answers."""
    answers = {c.question: c.answer for c in changes if isinstance(c, AnswerChange)}
    return AnswerSheet({**sheet.answers, **answers}) if answers else sheet


def practices_in(changes: Iterable[Change]) -> tuple[WorkingPractice, ...]:
    """Return the practices that changes put to work."""
    return tuple(c.practice for c in changes if isinstance(c, PracticeChange))


def milder_answers(
    plan: Plan, sheet: AnswerSheet, cost: int = DEFAULT_COST
) -> tuple[AnswerChange, ...]:
    """Return every change of a visible answer that warns less.

    An answered question: each milder value, the nearest first, so that of equal
    solutions the smaller step is found. An open one: its mildest values.
    """
    return tuple(
        AnswerChange(standing.question.code, Answer.answered(value), cost)
        for standing in resolve_questions(plan.questions, sheet).standings
        if standing.visible is Truth.YES
        and (standing.question.weights or standing.question.scale)
        for value in _milder_values(plan, standing)
    )


def _milder_values(plan: Plan, standing: Standing) -> list[Value]:
    question, now = standing.question, standing.answer.value
    values = dict.fromkeys(_values(question, now))
    ranked = {value: _warning(plan, question, value) for value in values}
    if now is not None:
        most = _warning(plan, question, now)
        milder = [value for value in values if ranked[value] < most]
        return sorted(milder, key=lambda v: ranked[v], reverse=True)
    if not standing.answer.is_open or not ranked:
        return []
    least = min(ranked.values())
    return [value for value in values if ranked[value] == least]


def _values(question: Question, now: Value | None) -> Iterator[Value]:
    """Yield the values worth trying; of several ticks, also fewer of them."""
    for answer in trial_answers(question):
        if answer.value is not None:
            yield answer.value
    if question.kind is QuestionKind.MULTIPLE and now is not None:
        ticked = list(chosen(question, now))
        while len(ticked) > 1:
            ticked.remove(max(ticked, key=lambda choice: choice.signal))
            yield tuple(choice.code for choice in ticked)


def _warning(plan: Plan, question: Question, value: Value) -> tuple[Fraction, int]:
    rules = plan.instrument.rules
    if rules is not None:
        scale = rules.scale(question.scale or "")
        points = given_points(question, value)
        return Fraction(-points if scale and scale.credit else points), -1
    floors = [floor.score for _, floor in floors_of(question, value)]
    return signal_of(question, value), max(floors, default=-1)
