"""The grammar of conditions: a tokeniser and a recursive descent, both bounded.

Accepted: `and`, `or`, `not`, parentheses, `answered(code)`, and comparisons of one
question with a literal (`x == 'a'`, `3 <= x`, `x in ['a', 'b']`, `'a' in x`).
Everything else is refused by an `ExpressionError` that says where. Chained
comparisons are refused too: write `1 < x and x < 5`. Python's own parser is not
used: its strings, numbers and operators are a far larger language than ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from projects.scoring.expression import (
    Answered,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Literal,
    Negation,
    Node,
    Operator,
    Scalar,
)
from projects.scoring.sentences import sentence

MAX_CHARACTERS = 2_000
MAX_DEPTH = 32
MAX_NODES = 200
RESERVED = frozenset({"and", "or", "not", "in", "answered"})

_TOKEN = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*)"
    r"|(?P<text>'[^'\\\n]*'|\"[^\"\\\n]*\")"
    r"|(?P<number>-?[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<sign>[=!<>]=|[<>()\[\],])"
)
_NUMBER_CHARACTERS = 20
_SIGNS = {"==", "!=", "<", "<=", ">", ">="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class ExpressionError(ValueError):
    """A condition that cannot be read; `position` counts characters from 0."""

    def __init__(
        self, code: str, position: int, params: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code, position, params)
        self.code = code
        self.position = position
        self.params = params or {}

    def __str__(self) -> str:
        return sentence(self.code, {**self.params, "position": self.position})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


def parse_expression(source: str) -> Expression:
    """Parse a condition, or raise ExpressionError."""
    if len(source) > MAX_CHARACTERS:
        most = {"most": MAX_CHARACTERS}
        raise ExpressionError("condition_too_long", MAX_CHARACTERS, most)
    return Expression(source, _Parser(_tokens(source)).whole())


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
            raise ExpressionError("unexpected_character", position, character)
        tokens.append(_Token(found.lastgroup, found.group(), position))
        position = found.end()
    return [*tokens, _Token("end", "", len(source))]


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0
        self._nodes = 0

    def whole(self) -> Node:
        node = self._disjunction()
        if self._peek().kind != "end":
            raise self._refusal("expected_end")
        return node

    def _disjunction(self) -> Node:
        operands = [self._conjunction()]
        while self._take("or"):
            operands.append(self._conjunction())
        return self._counted(Disjunction(tuple(operands)), operands)

    def _conjunction(self) -> Node:
        operands = [self._negation()]
        while self._take("and"):
            operands.append(self._negation())
        return self._counted(Conjunction(tuple(operands)), operands)

    def _counted(self, node: Node, operands: list[Node]) -> Node:
        if len(operands) == 1:
            return operands[0]
        self._count()
        return node

    def _negation(self) -> Node:
        if self._depth >= MAX_DEPTH:
            raise self._refusal("condition_too_deep", most=MAX_DEPTH)
        self._depth += 1
        node = self._inner()
        self._depth -= 1
        return node

    def _inner(self) -> Node:
        self._count()
        if self._take("not"):
            return Negation(self._negation())
        if self._take("("):
            node = self._disjunction()
            self._expect(")")
            return node
        if self._take("answered"):
            self._expect("(")
            code = self._name()
            self._expect(")")
            return Answered(code)
        return self._comparison()

    def _comparison(self) -> Comparison:
        token = self._peek()
        if token.kind == "name" and token.text not in RESERVED:
            comparison = self._question_first(self._name())
        else:
            comparison = self._literal_first(self._scalar())
        if self._peek().text in _SIGNS or self._peek().text in ("in", "not"):
            raise self._refusal("chained_comparison")
        return comparison

    def _question_first(self, code: str) -> Comparison:
        membership = self._membership()
        if membership is not None:
            chosen = Operator.IN if membership else Operator.NOT_IN
            return Comparison(code, chosen, self._list())
        return Comparison(code, Operator(self._sign()), self._scalar())

    def _literal_first(self, literal: Literal) -> Comparison:
        membership = self._membership()
        if membership is not None:
            chosen = Operator.HAS if membership else Operator.HAS_NOT
            return Comparison(self._name(), chosen, literal)
        sign = self._sign()
        mirrored = Operator(_MIRRORED.get(sign, sign))
        return Comparison(self._name(), mirrored, literal)

    def _membership(self) -> bool | None:
        if self._take("in"):
            return True
        if self._take("not"):
            self._expect("in")
            return False
        return None

    def _sign(self) -> str:
        if self._peek().text not in _SIGNS:
            raise self._refusal("expected_comparison")
        return self._advance().text

    def _list(self) -> tuple[Scalar, ...]:
        self._expect("[")
        items = [self._scalar()]
        while self._take(","):
            items.append(self._scalar())
        self._expect("]")
        return tuple(items)

    def _scalar(self) -> Scalar:
        self._count()
        token = self._peek()
        if token.kind == "text":
            return self._advance().text[1:-1]
        if token.kind == "number" and len(token.text) <= _NUMBER_CHARACTERS:
            return Fraction(self._advance().text)
        raise self._refusal("expected_literal")

    def _name(self) -> str:
        token = self._peek()
        if token.kind != "name" or token.text in RESERVED:
            raise self._refusal("expected_question")
        return self._advance().text

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _advance(self) -> _Token:
        token = self._peek()
        self._next += 1
        return token

    def _take(self, text: str) -> bool:
        taken = self._peek().text == text
        self._next += taken
        return taken

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._refusal("expected_sign", sign=text)

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._refusal("condition_too_large", most=MAX_NODES)

    def _refusal(self, code: str, **params: object) -> ExpressionError:
        return ExpressionError(code, self._peek().position, params)
