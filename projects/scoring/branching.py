"""Which questions are visible, in three-valued logic, and what stays of the answers.

Questions are resolved in order. An answer under a closed branch is hidden: it is worth
nothing and feeds no later condition. An answer under an undetermined branch counts as
"given, if the branch opens": to a later condition it says NO or UNDETERMINED, and to
the score it is a question that is in with this answer, or out. Both can only become
more definite when blank or unknown questions are answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from projects.scoring.answers import BLANK, Answer, AnswerSheet, AnswerState
from projects.scoring.expression import ABSENT, OPEN, Fact, FactValue, Truth
from projects.scoring.instrument import Instrument, Question, QuestionKind


@dataclass(frozen=True, slots=True)
class Standing:
    """A question with its visibility; `answer` is blank when it is hidden."""

    question: Question
    visible: Truth
    answer: Answer

    @property
    def is_hidden(self) -> bool:
        return self.visible is Truth.NO


@dataclass(frozen=True)
class Resolution:
    """Where every question stands, in order, and what conditions may know of it."""

    standings: tuple[Standing, ...]
    facts: Mapping[str, Fact]
    dropped: tuple[str, ...]
    """Codes of the hidden questions that carry an answer."""


def resolve(instrument: Instrument, sheet: AnswerSheet) -> Resolution:
    """Resolve visibility question by question."""
    return resolve_questions(instrument.questions, sheet)


def resolve_questions(
    questions: tuple[Question, ...], sheet: AnswerSheet
) -> Resolution:
    """Resolve a flat sequence of questions."""
    facts: dict[str, Fact] = {}
    standings: list[Standing] = []
    dropped: list[str] = []
    for question in questions:
        condition = question.visible_when
        visible = condition.evaluate(facts) if condition else Truth.YES
        answer = sheet[question.code]
        if visible is Truth.NO and answer is not BLANK:
            dropped.append(question.code)
            answer = BLANK
        facts[question.code] = fact_of(question, visible, answer)
        standings.append(Standing(question, visible, answer))
    return Resolution(tuple(standings), facts, tuple(dropped))


def fact_of(question: Question, visible: Truth, answer: Answer) -> Fact:
    """Return what conditions may know of a question that stands so."""
    if visible is Truth.NO or answer.state is AnswerState.NOT_APPLICABLE:
        return ABSENT
    if answer.is_open:
        return OPEN
    return Fact(visible, _fact_value(question, answer))


def _fact_value(question: Question, answer: Answer) -> FactValue:
    value = answer.value
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, str) and question.kind is QuestionKind.NUMBER:
        return Fraction(value)
    if isinstance(value, str) and question.kind is QuestionKind.DATE:
        return date.fromisoformat(value)
    return value if value is not None else ""
