"""Conditions of a survey in the words of our own conditions, meaning the same.

A question with choices is asked choice by choice what the condition says of it, so
that whatever SurveyJS compares becomes a list of choices. SurveyJS compares texts
without regard to case, and numbers with texts that read like numbers. What can never
hold is refused: it is a slip of the survey, not a way to hide a question.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from projects.scoring.conditions import is_iso_date
from projects.scoring.grammar import ExpressionError, parse_expression
from projects.scoring.instrument import QuestionKind
from projects.scoring.surveyjs.conditions import ConditionError
from projects.scoring.surveyjs.nodes import (
    All,
    Answered,
    Any,
    Bare,
    Comparison,
    Name,
    Node,
    Not,
    Relation,
    Scalar,
)
from projects.scoring.surveyjs.values import alike, contains, ordered, same

_SIGNS = {
    Relation.EQUAL: "==",
    Relation.MORE: ">",
    Relation.AT_LEAST: ">=",
    Relation.LESS: "<",
    Relation.AT_MOST: "<=",
}
_CONTRARY = {
    Relation.UNEQUAL: Relation.EQUAL,
    Relation.LACKS: Relation.CONTAINS,
    Relation.NONE_OF: Relation.ANY_OF,
}
MAX_COMPARED = 500_000
_PLAIN = (QuestionKind.NUMBER, QuestionKind.DATE)


@dataclass(frozen=True, slots=True)
class Option:
    """A value of the survey, and how our conditions write it."""

    value: Scalar
    written: str


@dataclass(frozen=True, slots=True)
class Known:
    """A question that conditions may name."""

    code: str
    kind: QuestionKind
    options: tuple[Option, ...] = ()


class Effort:
    """How much may be compared for one survey, so that none can exhaust its reader."""

    def __init__(self, most: int = MAX_COMPARED) -> None:
        self._left = most

    def spend(self, question: "Known", node: Comparison) -> None:
        """Count comparing every choice with every value, or raise ConditionError."""
        values = len(node.value) if isinstance(node.value, tuple) else 1
        self._left -= len(question.options) * values
        if self._left < 0:
            raise _refused("too_much_compared", node.question)


def translated(
    node: Node, known: Mapping[str, Known], names: Collection[str], effort: Effort
) -> str:
    """Return the condition as our own, or raise ConditionError.

    `known` are the questions asked before and `names` those of the whole survey, in
    small letters.
    """
    text = _Translator(known, names, effort).text(node)
    try:
        parse_expression(text)
    except ExpressionError as error:
        raise ConditionError(error.code, 0, error.params) from error
    return text


def joined(conditions: Sequence[str]) -> str:
    """Return what holds when every one of them holds."""
    once = list(dict.fromkeys(conditions))
    return once[0] if len(once) == 1 else " and ".join(map(_bound, once))


class _Translator:
    def __init__(
        self, known: Mapping[str, Known], names: Collection[str], effort: Effort
    ) -> None:
        self._known = known
        self._names = names
        self._effort = effort

    def text(self, node: Node) -> str:
        if isinstance(node, All | Any):
            word = " and " if isinstance(node, All) else " or "
            return word.join(_bound(self.text(each)) for each in node.operands)
        if isinstance(node, Not):
            return f"not {_bound(self.text(node.operand))}"
        if isinstance(node, Answered):
            return f"answered({self._question(node.question).code})"
        if isinstance(node, Bare):
            node = Comparison(node.question, Relation.EQUAL, value=True)
        return self._comparison(node)

    def _comparison(self, node: Comparison) -> str:
        if node.relation in _CONTRARY:
            said = Comparison(node.question, _CONTRARY[node.relation], node.value)
            return f"not ({self._comparison(said)})"
        question = self._question(node.question)
        self._effort.spend(question, node)
        if question.kind is QuestionKind.TEXT:
            raise _refused("compared_text", node.question)
        if question.kind is QuestionKind.MULTIPLE:
            return _of_ticked(question, node)
        if question.kind in _PLAIN:
            return _of_plain(question, node)
        return _of_chosen(question, node)

    def _question(self, named: Name) -> Known:
        found = self._known.get(named.name.lower())
        if found is not None:
            return found
        if named.name.lower() in self._names:
            raise _refused("later_question", named)
        is_inner = "." in named.name or "[" in named.name
        raise _refused("inner_name" if is_inner else "unknown_question", named)


def _of_chosen(question: Known, node: Comparison) -> str:
    holds = _RELATIONS.get(node.relation)
    if holds is None:
        raise _refused("unsuited_relation", node.question, relation=node.relation.value)
    chosen = [o.written for o in question.options if holds(o.value, node.value)]
    if not chosen:
        raise _refused("never_holds", node.question)
    if len(chosen) == len(question.options):
        return f"answered({question.code})"
    if len(chosen) == 1:
        return f"{question.code} == {chosen[0]}"
    return f"{question.code} in [{', '.join(chosen)}]"


def _of_ticked(question: Known, node: Comparison) -> str:
    values = node.value if isinstance(node.value, tuple) else (node.value,)
    found = [
        [option.written for option in question.options if same(option.value, value)]
        for value in values
    ]
    named = [written for each in found for written in each]
    is_whole = all(found) and bool(values)
    has = [f"{written} in {question.code}" for written in dict.fromkeys(named)]
    match node.relation:
        case Relation.CONTAINS | Relation.ALL_OF if is_whole:
            return " and ".join(has)
        case Relation.ANY_OF if named:
            return " or ".join(has)
        case Relation.EQUAL if is_whole and isinstance(node.value, tuple):
            rest = [o.written for o in question.options if o.written not in named]
            return " and ".join(
                has + [f"{written} not in {question.code}" for written in rest]
            )
        case Relation.CONTAINS | Relation.ALL_OF | Relation.ANY_OF | Relation.EQUAL:
            raise _refused("never_holds", node.question)
        case _:
            raise _refused(
                "unsuited_relation", node.question, relation=node.relation.value
            )


def _of_plain(question: Known, node: Comparison) -> str:
    value = node.value
    if node.relation is Relation.ANY_OF and isinstance(value, tuple) and value:
        items = ", ".join(_literal(question, node.question, item) for item in value)
        return f"{question.code} in [{items}]"
    if isinstance(value, tuple) or node.relation not in _SIGNS:
        raise _refused("unsuited_relation", node.question, relation=node.relation.value)
    literal = _literal(question, node.question, value)
    return f"{question.code} {_SIGNS[node.relation]} {literal}"


def _literal(question: Known, named: Name, value: Scalar) -> str:
    value = alike(value) if question.kind is QuestionKind.NUMBER else value
    if question.kind is QuestionKind.NUMBER and isinstance(value, Fraction):
        return decimal(value)
    is_date = isinstance(value, str) and is_iso_date(value)
    if question.kind is QuestionKind.DATE and is_date:
        return f"'{value}'"
    raise _refused("unsuited_value", named, value=str(value))


def decimal(number: Fraction) -> str:
    """Write a number of few decimals."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{number.numerator / number.denominator:.10f}".rstrip("0")


def _one(value: Scalar, said: Scalar | tuple[Scalar, ...], relation: Relation) -> bool:
    return not isinstance(said, tuple) and ordered(value, said, relation)


def _any_of(value: Scalar, said: Scalar | tuple[Scalar, ...]) -> bool:
    if isinstance(said, tuple):
        return any(same(value, each) for each in said)
    return contains(said, value)


def _all_of(value: Scalar, said: Scalar | tuple[Scalar, ...]) -> bool:
    values = said if isinstance(said, tuple) else (said,)
    return bool(values) and all(contains(value, each) for each in values)


_Holds = Callable[[Scalar, Scalar | tuple[Scalar, ...]], bool]
_RELATIONS: Mapping[Relation, _Holds] = {
    Relation.EQUAL: lambda value, said: _one(value, said, Relation.EQUAL),
    Relation.MORE: lambda value, said: _one(value, said, Relation.MORE),
    Relation.AT_LEAST: lambda value, said: _one(value, said, Relation.AT_LEAST),
    Relation.LESS: lambda value, said: _one(value, said, Relation.LESS),
    Relation.AT_MOST: lambda value, said: _one(value, said, Relation.AT_MOST),
    Relation.CONTAINS: contains,
    Relation.ANY_OF: _any_of,
    Relation.ALL_OF: _all_of,
}


def _bound(text: str) -> str:
    """Put what `and`, `or` or `not` would tear apart in parentheses."""
    loose = text.startswith("not ") or " and " in text or " or " in text
    return f"({text})" if loose else text


def _refused(code: str, named: Name, **params: object) -> ConditionError:
    return ConditionError(code, named.position, {"name": named.name, **params})
