"""Conditions over answers, evaluated in Kleene's three-valued logic.

A condition compares questions with literals. What it says about a question:

- hidden or not applicable: every comparison is NO, `!=` and `not in` included, and
  so is `answered(code)` (write `not (x == 'a')` to include those cases);
- blank or unknown: UNDETERMINED, `answered(code)` included, because either may still
  become an answer. Were `answered` NO here, a later answer could open a branch that
  was closed and widen the interval of a score;
- answered, while it is undetermined whether the question is visible at all: NO where
  the answer itself says no, otherwise UNDETERMINED.

A comparison of unlike types is NO, never an exception. So a definite truth never
changes when further blank or unknown questions are answered.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

Scalar: TypeAlias = str | Fraction
Literal: TypeAlias = Scalar | tuple[Scalar, ...]
FactValue: TypeAlias = str | Fraction | date | tuple[str, ...]


class Truth(IntEnum):
    """Kleene truth: conjunction is the minimum, disjunction the maximum."""

    NO = 0
    UNDETERMINED = 1
    YES = 2

    def __bool__(self) -> bool:
        msg = "a Truth has three values: compare it with `is`"
        raise TypeError(msg)

    def negated(self) -> "Truth":
        return Truth(Truth.YES - self)


class Operator(StrEnum):
    """How a question stands to a literal; HAS is `'a' in question`."""

    EQUAL = "=="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    IN = "in"
    NOT_IN = "not in"
    HAS = "has"
    HAS_NOT = "has not"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one question: `standing` says whether `value` counts."""

    standing: Truth
    value: FactValue | None = None


ABSENT = Fact(Truth.NO)
OPEN = Fact(Truth.UNDETERMINED)
Facts: TypeAlias = Mapping[str, Fact]

_ORDERINGS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.NOT_EQUAL: operator.ne,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}
_EQUALITIES = (Operator.EQUAL, Operator.NOT_EQUAL)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question against a literal."""

    code: str
    operator: Operator
    literal: Literal

    def truth(self, facts: Facts) -> Truth:
        fact = facts[self.code]
        if fact.value is None or fact.standing is Truth.NO:
            return fact.standing
        return fact.standing if self._holds(fact.value) else Truth.NO

    def leaves(self) -> "tuple[Leaf, ...]":
        return (self,)

    def _holds(self, value: FactValue) -> bool:
        if self.operator in (Operator.HAS, Operator.HAS_NOT):
            wanted = self.operator is Operator.HAS
            if isinstance(value, tuple) and isinstance(self.literal, str):
                return (self.literal in value) is wanted
            return False
        if self.operator in (Operator.IN, Operator.NOT_IN):
            return self._is_listed(value)
        return _compares(self.operator, value, self.literal)

    def _is_listed(self, value: FactValue) -> bool:
        if not isinstance(self.literal, tuple):
            return False
        wanted = self.operator is Operator.IN
        pairs = [_alike(value, item) for item in self.literal]
        if any(pair is None for pair in pairs):
            return False
        return any(pair and pair[0] == pair[1] for pair in pairs) is wanted


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a question has an answer: `answered(code)`."""

    code: str

    def truth(self, facts: Facts) -> Truth:
        return facts[self.code].standing

    def leaves(self) -> "tuple[Leaf, ...]":
        return (self,)


@dataclass(frozen=True, slots=True)
class Negation:
    """`not operand`."""

    operand: "Node"

    def truth(self, facts: Facts) -> Truth:
        return self.operand.truth(facts).negated()

    def leaves(self) -> "tuple[Leaf, ...]":
        return self.operand.leaves()


@dataclass(frozen=True, slots=True)
class Conjunction:
    """`a and b and c`."""

    operands: "tuple[Node, ...]"

    def truth(self, facts: Facts) -> Truth:
        return min(operand.truth(facts) for operand in self.operands)

    def leaves(self) -> "tuple[Leaf, ...]":
        return tuple(leaf for operand in self.operands for leaf in operand.leaves())


@dataclass(frozen=True, slots=True)
class Disjunction:
    """`a or b or c`."""

    operands: "tuple[Node, ...]"

    def truth(self, facts: Facts) -> Truth:
        return max(operand.truth(facts) for operand in self.operands)

    def leaves(self) -> "tuple[Leaf, ...]":
        return tuple(leaf for operand in self.operands for leaf in operand.leaves())


Leaf: TypeAlias = Comparison | Answered
Node: TypeAlias = Leaf | Negation | Conjunction | Disjunction


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed condition and the text it came from."""

    source: str
    root: Node

    def evaluate(self, facts: Facts) -> Truth:
        return self.root.truth(facts)

    def leaves(self) -> tuple[Leaf, ...]:
        return self.root.leaves()

    def names(self) -> frozenset[str]:
        return frozenset(leaf.code for leaf in self.leaves())


def _compares(sign: Operator, value: FactValue, literal: Literal) -> bool:
    pair = _alike(value, literal)
    if pair is None:
        return False
    if isinstance(pair[0], str) and sign not in _EQUALITIES:
        return False
    return _ORDERINGS[sign](*pair)


def _alike(value: FactValue, literal: Literal) -> tuple[object, object] | None:
    """Return both sides in one comparable type, or None for unlike types."""
    if isinstance(value, tuple) or isinstance(literal, tuple):
        return None
    if isinstance(value, date) and isinstance(literal, str):
        try:
            return value, date.fromisoformat(literal)
        except ValueError:
            return None
    return (value, literal) if type(value) is type(literal) else None
