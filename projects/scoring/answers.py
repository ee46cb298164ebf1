"""Answers and their states; numbers are kept as decimal text so that none is a float.

An empty text or an empty selection is not an answer: leave the question blank.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Self

from projects.scoring.conditions import is_iso_date
from projects.scoring.instrument import SCALE, Instrument, Question, QuestionKind
from projects.scoring.signals import Value

MAX_TEXT = 4_000
MAX_REASON = 1_000

_LIMIT = 10**15
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")


class AnswerState(StrEnum):
    """What a person did with a question; `hidden` follows from branching."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    BLANK = "blank"


class AnswerError(ValueError):
    """A refused answer; `code` names the reason, messages are made elsewhere."""

    def __init__(self, code: str, question: str) -> None:
        super().__init__(code, question)
        self.code = code
        self.question = question

    def __str__(self) -> str:
        return f"{self.question}: {self.code}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A state with its value or reason."""

    state: AnswerState
    value: Value | None = None
    reason: str = ""

    @classmethod
    def answered(cls, value: Value) -> Self:
        return cls(AnswerState.ANSWERED, value)

    @classmethod
    def unknown(cls) -> Self:
        return cls(AnswerState.UNKNOWN)

    @classmethod
    def not_applicable(cls, reason: str) -> Self:
        return cls(AnswerState.NOT_APPLICABLE, reason=reason)

    @classmethod
    def blank(cls) -> Self:
        return cls(AnswerState.BLANK)

    @property
    def is_open(self) -> bool:
        """Blank or unknown: it may still become anything."""
        return self.state in (AnswerState.BLANK, AnswerState.UNKNOWN)

    def to_json(self) -> dict[str, object]:
        written: dict[str, object] = {"state": self.state.value}
        if isinstance(self.value, tuple):
            written["value"] = list(self.value)
        elif self.value is not None:
            written["value"] = self.value
        if self.reason:
            written["reason"] = self.reason
        return written


BLANK = Answer.blank()


@dataclass(frozen=True)
class AnswerSheet:
    """Answers by question code; a question without one is blank."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = {code: a for code, a in self.answers.items() if a != BLANK}
        object.__setattr__(self, "answers", kept)

    def __getitem__(self, code: str) -> Answer:
        return self.answers.get(code, BLANK)

    def __iter__(self) -> Iterator[str]:
        return iter(self.answers)

    def with_answer(self, code: str, answer: Answer) -> "AnswerSheet":
        return AnswerSheet({**self.answers, code: answer})

    def without(self, codes: frozenset[str]) -> "AnswerSheet":
        return AnswerSheet({c: a for c, a in self.answers.items() if c not in codes})

    def to_json(self) -> dict[str, dict[str, object]]:
        return {code: self.answers[code].to_json() for code in sorted(self.answers)}


def sheet_from_json(
    instrument: Instrument, written: Mapping[str, Mapping[str, object]]
) -> AnswerSheet:
    """Read a stored sheet, or raise AnswerError at the first refused answer."""
    questions = {question.code: question for question in instrument.questions}
    answers: dict[str, Answer] = {}
    for code, entry in written.items():
        if code not in questions:
            raise AnswerError("unknown_question", code)
        answers[code] = parse_answer(
            questions[code],
            str(entry.get("state", "")),
            entry.get("value"),
            str(entry.get("reason", "")),
        )
    return AnswerSheet(answers)


def parse_answer(
    question: Question, state: str, value: object = None, reason: str = ""
) -> Answer:
    """Turn what a person or an import sent into an Answer, or raise AnswerError."""
    if state == AnswerState.BLANK:
        return BLANK
    if state == AnswerState.UNKNOWN:
        _require(question, "unknown_not_allowed", holds=question.allow_unknown)
        return Answer.unknown()
    if state == AnswerState.NOT_APPLICABLE:
        return _not_applicable(question, reason.strip())
    _require(question, "not_a_state", holds=state == AnswerState.ANSWERED)
    _require(question, "empty", holds=not _is_empty(value))
    return Answer.answered(_PARSERS[question.kind](question, value))


def retired_in(question: Question, value: object) -> frozenset[str]:
    """Return the retired choices that a value names: no new answer may take them."""
    named = value if isinstance(value, list | tuple) else (value,)
    return frozenset(c.code for c in question.choices if c.retired and c.code in named)


def decimal_text(value: object) -> str | None:
    """Write a number in its one canonical decimal form; None if it is not one."""
    if isinstance(value, str):
        written = value.strip()
    elif isinstance(value, int | float | Decimal) and _is_moderate(value):
        written = f"{Decimal(str(value)):f}"
    else:
        return None
    if not _DECIMAL.fullmatch(written):
        return None
    plain = f"{Decimal(written).normalize():f}"
    return "0" if plain == "-0" else plain


def _is_moderate(number: float | Decimal) -> bool:
    """Tell whether it is neither a boolean, nor infinite, nor too long to write."""
    if isinstance(number, bool):
        return False
    finite = isinstance(number, int) or math.isfinite(number)
    return finite and -_LIMIT < number < _LIMIT


def _require(question: Question, code: str, *, holds: bool) -> None:
    if not holds:
        raise AnswerError(code, question.code)


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple) and not value)


def _not_applicable(question: Question, reason: str) -> Answer:
    allowed = question.allow_not_applicable
    _require(question, "not_applicable_not_allowed", holds=allowed)
    _require(question, "reason_required", holds=bool(reason))
    _require(question, "too_long", holds=len(reason) <= MAX_REASON)
    return Answer.not_applicable(reason)


def _single(question: Question, value: object) -> Value:
    for choice in question.choices:
        if isinstance(value, str) and choice.code == value:
            return choice.code
    raise AnswerError("not_a_choice", question.code)


def _multiple(question: Question, value: object) -> Value:
    if not isinstance(value, list | tuple):
        raise AnswerError("not_a_list", question.code)
    ticked = {_single(question, item) for item in value}
    return tuple(choice.code for choice in question.choices if choice.code in ticked)


def _number(question: Question, value: object) -> Value:
    written = decimal_text(value)
    if written is None:
        raise AnswerError("not_a_number", question.code)
    number = Fraction(written)
    least, most = question.minimum, question.maximum
    inside = (least is None or least <= number) and (most is None or number <= most)
    _require(question, "out_of_range", holds=inside)
    return written


def _scale(question: Question, value: object) -> Value:
    written = decimal_text(value)
    if written is None:
        raise AnswerError("not_a_number", question.code)
    number = Fraction(written)
    _require(question, "out_of_range", holds=number in SCALE)
    return int(number)


def _date(question: Question, value: object) -> Value:
    written = value.isoformat() if type(value) is date else value
    if not isinstance(written, str) or not is_iso_date(written):
        raise AnswerError("not_a_date", question.code)
    return written


def _text(question: Question, value: object) -> Value:
    if not isinstance(value, str):
        raise AnswerError("not_a_text", question.code)
    _require(question, "too_long", holds=len(value) <= MAX_TEXT)
    return value


_PARSERS: dict[QuestionKind, Callable[[Question, object], Value]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SCALE: _scale,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.TEXT: _text,
}
