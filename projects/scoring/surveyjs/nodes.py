"""What a condition of SurveyJS says, once it is read."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

Scalar: TypeAlias = str | Fraction | bool


class Relation(StrEnum):
    """How a question is compared with a value."""

    EQUAL = "="
    UNEQUAL = "<>"
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    CONTAINS = "contains"
    LACKS = "notcontains"
    ANY_OF = "anyof"
    ALL_OF = "allof"
    NONE_OF = "noneof"


@dataclass(frozen=True, slots=True)
class Name:
    """A question, and where it is named."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question against one value or a list of them."""

    question: Name
    relation: Relation
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a question has an answer."""

    question: Name


@dataclass(frozen=True, slots=True)
class Bare:
    """A question standing for its own truth."""

    question: Name


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them holds."""

    operands: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of them holds."""

    operands: "tuple[Node, ...]"


Node: TypeAlias = Comparison | Answered | Bare | Not | All | Any
