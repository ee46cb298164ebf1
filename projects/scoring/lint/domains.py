"""The answers that conditions can tell apart, a few for each question.

Two answers of which no condition at hand says anything different are one. So a choice
nobody names stands for all such choices, and a number between two literals for all
numbers there.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from projects.scoring.conditions import is_iso_date, literals
from projects.scoring.expression import Comparison, Fact, FactValue, Leaf, Scalar, Truth
from projects.scoring.instrument import SCALE, Question, QuestionKind

MAX_TICKS = 6
"""How many named choices of one question are combined in every way."""
MAX_VALUES = 100

_DAY = timedelta(days=1)


class TooMany(Exception):
    """There are more answers than are looked at."""


def facts_of(question: Question, leaves: Iterable[Leaf]) -> list[Fact]:
    """Return one fact for each answer the leaves tell apart, or raise TooMany."""
    named: set[Scalar] = set()
    for leaf in leaves:
        if isinstance(leaf, Comparison) and leaf.code == question.code:
            named.update(literals(leaf))
    values = _values(question, named)
    if len(values) > MAX_VALUES:
        raise TooMany
    return [Fact(Truth.YES, value) for value in values]


def _values(question: Question, named: set[Scalar]) -> Sequence[FactValue]:
    values: Sequence[FactValue] = ["text"]
    match question.kind:
        case QuestionKind.SINGLE:
            codes, rest = _choices(question, named)
            values = codes + rest
        case QuestionKind.MULTIPLE:
            values = _ticks(*_choices(question, named))
        case QuestionKind.SCALE:
            values = [Fraction(step) for step in SCALE]
        case QuestionKind.NUMBER:
            values = _numbers(question, named)
        case QuestionKind.DATE:
            values = _days(named)
    return values


def _choices(question: Question, named: set[Scalar]) -> tuple[list[str], list[str]]:
    """Return the choices that are named, and one of the rest if there is one."""
    codes = [choice.code for choice in question.choices]
    rest = [code for code in codes if code not in named]
    return [code for code in codes if code in named], rest[:1]


def _ticks(codes: list[str], rest: list[str]) -> list[FactValue]:
    if len(codes) > MAX_TICKS:
        raise TooMany
    combinations: list[tuple[str, ...]] = [tuple(rest)]
    for code in codes:
        combinations += [(code, *ticked) for ticked in combinations]
    return [ticked for ticked in combinations if ticked]


def _numbers(question: Question, named: set[Scalar]) -> list[FactValue]:
    limits = [n for n in (question.minimum, question.maximum) if n is not None]
    known = sorted({n for n in named if isinstance(n, Fraction)} | set(limits))
    if not known:
        return [Fraction()]
    between = [(left + right) / 2 for left, right in pairwise(known)]
    least = known[0] - 1 if question.minimum is None else question.minimum
    most = known[-1] + 1 if question.maximum is None else question.maximum
    return [n for n in (least, *known, *between, most) if least <= n <= most]


def _days(named: set[Scalar]) -> list[FactValue]:
    known = {date.fromisoformat(day) for day in map(str, named) if is_iso_date(day)}
    beside = {day - _DAY for day in known if day > date.min}
    beside |= {day + _DAY for day in known if day < date.max}
    return sorted(known | beside) or [date.min]
