"""What a condition may say of a question, by the kind of the question."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from fractions import Fraction

from projects.scoring.expression import (
    Answered,
    Comparison,
    Expression,
    Leaf,
    Operator,
    Scalar,
)
from projects.scoring.instrument import Problem, Question, QuestionKind

_EQUALITY = {Operator.EQUAL, Operator.NOT_EQUAL}
_LISTED = {Operator.IN, Operator.NOT_IN}
_ORDER = {Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST}
_ALLOWED = {
    QuestionKind.SINGLE: _EQUALITY | _LISTED,
    QuestionKind.MULTIPLE: {Operator.HAS, Operator.HAS_NOT},
    QuestionKind.SCALE: _EQUALITY | _LISTED | _ORDER,
    QuestionKind.NUMBER: _EQUALITY | _LISTED | _ORDER,
    QuestionKind.DATE: _EQUALITY | _LISTED | _ORDER,
    QuestionKind.TEXT: set(),
}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def condition_problems(
    expression: Expression,
    known: Mapping[str, Question],
    place: str = "",
    later: Collection[str] = (),
) -> Iterator[Problem]:
    """Find what is wrong with a condition that may use the `known` questions."""
    for leaf in expression.leaves():
        question = known.get(leaf.code)
        if question is None:
            code = "later_question" if leaf.code in later else "unknown_question"
            yield Problem(code, place, {"name": leaf.code})
        else:
            yield from _leaf_problems(leaf, question, place)


def _leaf_problems(leaf: Leaf, question: Question, place: str) -> Iterator[Problem]:
    if isinstance(leaf, Answered):
        return
    if leaf.operator not in _ALLOWED[question.kind]:
        params = {"operator": leaf.operator.value, "kind": question.kind.value}
        yield Problem("unsuited_operator", place, {"name": question.code, **params})
        return
    code = "missing_choice" if question.choices else "impossible_value"
    for literal in literals(leaf):
        if not _suits(literal, question):
            params = {"name": question.code, "literal": str(literal)}
            yield Problem(code, place, params)


def literals(comparison: Comparison) -> tuple[Scalar, ...]:
    """Return the literals a comparison names, one or several."""
    literal = comparison.literal
    return literal if isinstance(literal, tuple) else (literal,)


def _suits(literal: Scalar, question: Question) -> bool:
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        return any(choice.code == literal for choice in question.choices)
    if question.kind is QuestionKind.DATE:
        return isinstance(literal, str) and is_iso_date(literal)
    return isinstance(literal, Fraction)


def is_iso_date(text: str) -> bool:
    """Tell whether a text is a real day written YYYY-MM-DD."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
