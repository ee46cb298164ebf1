"""The conditions of SurveyJS (`visibleIf`): a tokeniser and a bounded descent.

Read are comparisons of a question with values, `empty` and `notempty`, `and`, `or`,
`not`, parentheses and lists. Functions and arithmetic are refused, with the position.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

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

MAX_CHARACTERS = 4_000
MAX_DEPTH = 30
MAX_NODES = 400

_TOKEN = re.compile(
    r"\{(?P<name>[^{}]*)\}"
    r"|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<number>-?[0-9]{1,15}(?:\.[0-9]{1,10})?(?![\w.]))"
    r"|(?P<sign>&&|\|\||[<>!=]=|<>|\*=|[=<>!()\[\],])"
    r"|(?P<word>[^\W\d]\w*)",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


_RELATIONS = {
    **{each.value: each for each in Relation},
    "==": Relation.EQUAL,
    "!=": Relation.UNEQUAL,
    "*=": Relation.CONTAINS,
    "equal": Relation.EQUAL,
    "notequal": Relation.UNEQUAL,
    "greater": Relation.MORE,
    "greaterorequal": Relation.AT_LEAST,
    "less": Relation.LESS,
    "lessorequal": Relation.AT_MOST,
    "contain": Relation.CONTAINS,
    "notcontain": Relation.LACKS,
}
_AND, _OR, _NOT = {"and", "&&"}, {"or", "||"}, {"not", "!", "negate"}
_CHECKS = {"empty": False, "notempty": True}
_CONSTANTS = {"true": True, "false": False}
_KEYWORDS = _RELATIONS.keys() | _AND | _OR | _NOT | _CHECKS.keys()


class ConditionError(ValueError):
    """A condition that is not understood; `position` counts characters from 0."""

    def __init__(
        self, code: str, position: int = 0, params: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code, position, params)
        self.code = code
        self.position = position
        self.params = params or {}


_Operand: TypeAlias = Name | Scalar | tuple[Scalar, ...]

_TURNED = {
    Relation.EQUAL: Relation.EQUAL,
    Relation.UNEQUAL: Relation.UNEQUAL,
    Relation.MORE: Relation.LESS,
    Relation.LESS: Relation.MORE,
    Relation.AT_LEAST: Relation.AT_MOST,
    Relation.AT_MOST: Relation.AT_LEAST,
}
"""What a relation says when its sides are exchanged."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


def parse_condition(source: str) -> Node:
    """Parse a condition, or raise ConditionError."""
    if len(source) > MAX_CHARACTERS:
        params = {"most": MAX_CHARACTERS}
        raise ConditionError("condition_too_long", MAX_CHARACTERS, params)
    return _Parser(_tokens(source)).whole()


def _tokens(source: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while position < len(source):
        if source[position].isspace():
            position += 1
            continue
        found = _TOKEN.match(source, position)
        if not found or not found.lastgroup:
            character = {"character": repr(source[position])}
            raise ConditionError("unexpected_character", position, character)
        kind, text = found.lastgroup, found[found.lastgroup]
        if kind == "word" and text.lower() in _KEYWORDS:
            kind, text = "sign", text.lower()
        tokens.append(_Token(kind, text, position))
        position = found.end()
    return [*tokens, _Token("end", "", len(source))]


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0
        self._nodes = 0

    def whole(self) -> Node:
        node = self._any()
        if self._peek().kind != "end":
            raise self._refusal("expected_end")
        return node

    def _any(self) -> Node:
        operands = [self._all()]
        while self._take(_OR):
            operands.append(self._all())
        return operands[0] if len(operands) == 1 else Any(tuple(operands))

    def _all(self) -> Node:
        operands = [self._one()]
        while self._take(_AND):
            operands.append(self._one())
        return operands[0] if len(operands) == 1 else All(tuple(operands))

    def _one(self) -> Node:
        if self._depth >= MAX_DEPTH:
            raise self._refusal("condition_too_deep", most=MAX_DEPTH)
        self._depth += 1
        node = self._inner()
        self._depth -= 1
        return node

    def _inner(self) -> Node:
        self._count()
        if self._take(_NOT):
            return self._negated()
        if self._take({"("}):
            node = self._any()
            self._expect(")")
            return node
        return self._relation()

    def _negated(self) -> Node:
        """Read what follows `not`, which binds tighter than a comparison there."""
        is_clear = self._peek().text == "(" or self._peek().text in _NOT
        node = self._one()
        if not is_clear and not isinstance(node, Bare):
            raise self._refusal("not_needs_parentheses")
        return Not(node)

    def _relation(self) -> Node:
        left = self._operand()
        token = self._peek()
        if token.kind == "sign" and token.text in _CHECKS:
            self._advance()
            answered = Answered(self._question(left))
            return answered if _CHECKS[token.text] else Not(answered)
        if token.kind == "sign" and token.text in _RELATIONS:
            self._advance()
            return self._comparison(left, _RELATIONS[token.text], self._operand())
        return Bare(self._question(left))

    def _comparison(self, left: _Operand, relation: Relation, right: _Operand) -> Node:
        if isinstance(left, Name):
            if isinstance(right, Name):
                raise self._refusal("two_questions")
            return Comparison(left, relation, right)
        if not isinstance(right, Name):
            raise self._refusal("no_question")
        if relation is Relation.CONTAINS and isinstance(left, tuple):
            return Comparison(right, Relation.ANY_OF, left)
        if relation not in _TURNED:
            raise self._refusal("expected_question_first")
        return Comparison(right, _TURNED[relation], left)

    def _question(self, operand: _Operand) -> Name:
        if not isinstance(operand, Name):
            raise self._refusal("no_question")
        return operand

    def _operand(self) -> _Operand:
        token = self._peek()
        if token.kind == "name":
            self._advance()
            return Name(token.text.strip(), token.position)
        if self._take({"["}):
            return self._list()
        return self._scalar()

    def _list(self) -> tuple[Scalar, ...]:
        if self._take({"]"}):
            return ()
        items = [self._scalar()]
        while self._take({","}):
            items.append(self._scalar())
        self._expect("]")
        return tuple(items)

    def _scalar(self) -> Scalar:
        self._count()
        token = self._peek()
        if token.kind not in ("text", "number", "word"):
            raise self._refusal("expected_operand")
        self._advance()
        if token.kind == "text":
            return _ESCAPED.sub(r"\1", token.text[1:-1])
        if token.kind == "number":
            return Fraction(token.text)
        if self._peek().text == "(":
            raise self._refusal("unknown_function", name=token.text)
        return _CONSTANTS.get(token.text.lower(), token.text)

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _advance(self) -> None:
        self._next += 1

    def _take(self, texts: set[str]) -> bool:
        token = self._peek()
        taken = token.kind == "sign" and token.text in texts
        self._next += taken
        return taken

    def _expect(self, sign: str) -> None:
        if not self._take({sign}):
            raise self._refusal("expected_sign", sign=sign)

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._refusal("condition_too_large", most=MAX_NODES)

    def _refusal(self, code: str, **params: object) -> ConditionError:
        return ConditionError(code, self._peek().position, params)
