"""Whether an instrument makes sense: every problem, each with its place.

Two rules keep scores monotone in the signal and their bounds attainable: a choice
warning more strongly than one with a floor carries at least that floor, and the mildest
choice carries none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from projects.scoring.conditions import condition_problems
from projects.scoring.grammar import RESERVED
from projects.scoring.instrument import (
    IMPACT,
    SCALE,
    Choice,
    Dimension,
    Gate,
    GateEffect,
    Instrument,
    InstrumentError,
    Problem,
    Question,
    QuestionKind,
)

SNAKE = re.compile(r"[a-z][a-z0-9_]*")
CHOICE = re.compile(r"[a-z0-9][a-z0-9_]*")
SLUG = re.compile(r"[a-z][a-z0-9_-]*")

WITH_CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
NEVER_SCORED = (QuestionKind.TEXT, QuestionKind.DATE)


def require_valid(instrument: Instrument) -> Instrument:
    """Return the instrument, or raise InstrumentError with all its problems."""
    problems = tuple(instrument_problems(instrument))
    if problems:
        raise InstrumentError(problems)
    return instrument


def instrument_problems(instrument: Instrument) -> Iterator[Problem]:
    """Find every problem of an instrument."""
    yield from _frame_problems(instrument)
    known: dict[str, Question] = {}
    for question in instrument.questions:
        place = f"question {question.code}"
        if question.visible_when:
            for message in condition_problems(question.visible_when, known):
                yield Problem(place, f"visible_when: {message}")
        for message in question_problems(question):
            yield Problem(place, message)
        known[question.code] = question
    for gate in instrument.gates:
        for message in _gate_problems(gate, known):
            yield Problem(f"gate {gate.code}", message)


def question_problems(question: Question) -> Iterator[str]:
    """Find the problems of a question that need no other question."""
    if not SNAKE.fullmatch(question.code) or question.code in RESERVED:
        yield "not a snake_case code, or a reserved word"
    if not _is_signal(question.unknown_signal):
        yield "unknown_signal is not in 0..1 with two decimals"
    yield from _weight_problems(question)
    yield from _choice_problems(question)
    yield from _floor_problems(question)
    if question.kind is QuestionKind.SCALE:
        yield from _scale_problems(question)
    if question.kind is QuestionKind.NUMBER:
        yield from _number_problems(question)


def _frame_problems(instrument: Instrument) -> Iterator[Problem]:
    if not SLUG.fullmatch(instrument.code):
        yield Problem("questionnaire", f"`{instrument.code}` is not a code")
    if not 0 <= instrument.completeness_threshold <= 1:
        yield Problem("questionnaire", "the completeness threshold is not in 0..1")
    for section in instrument.sections:
        if not SNAKE.fullmatch(section.code):
            yield Problem(f"section {section.code}", "not a snake_case code")
    yield from _doubles("section", (section.code for section in instrument.sections))
    yield from _doubles("question", (q.code for q in instrument.questions))
    yield from _doubles("gate", (gate.code for gate in instrument.gates))


def _doubles(noun: str, codes: Iterable[str]) -> Iterator[Problem]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield Problem(f"{noun} {code}", "the code is used more than once")


def _is_signal(signal: Fraction) -> bool:
    return 0 <= signal <= 1 and (signal * 100).denominator == 1


def _weight_problems(question: Question) -> Iterator[str]:
    slugs = [slug for slug, _ in question.weights]
    for slug, weight in question.weights:
        if not SLUG.fullmatch(slug):
            yield f"weights: `{slug}` is not a cause"
        if not 1 <= weight <= 10:
            yield f"weights: {slug}: {weight} is not in 1..10"
    if len(slugs) != len(set(slugs)):
        yield "weights: a cause is named twice"
    if question.kind in NEVER_SCORED and slugs:
        yield f"weights: a question of kind {question.kind} is never scored"
    if _is_scored(question) and not slugs:
        yield "weights: a scored question weighs on something"
    yield from _dimension_problems(question, slugs)


def _dimension_problems(question: Question, slugs: list[str]) -> Iterator[str]:
    if (IMPACT in slugs) != (question.dimension is Dimension.IMPACT and bool(slugs)):
        yield "weights: impact questions have a weight on impact, others have none"
    elif question.dimension is Dimension.IMPACT and len(slugs) > 1:
        yield "weights: impact questions weigh on impact only"


def _is_scored(question: Question) -> bool:
    """Tell; a number without breakpoints is a fact for conditions, never scored."""
    if question.kind is QuestionKind.NUMBER:
        return bool(question.breakpoints)
    return question.kind not in NEVER_SCORED


def _choice_problems(question: Question) -> Iterator[str]:
    expected = question.kind in WITH_CHOICES
    if expected and len(question.choices) < 2:
        yield "choices: at least two are needed"
    if question.choices and not expected:
        yield f"choices: a question of kind {question.kind} has none"
    codes = [choice.code for choice in question.choices]
    if len(codes) != len(set(codes)):
        yield "choices: a code is used more than once"
    for choice in question.choices:
        if not CHOICE.fullmatch(choice.code):
            yield f"choices: {choice.code}: not a snake_case code"
        if not _is_signal(choice.signal):
            yield f"choices: {choice.code}: signal is not in 0..1 with two decimals"
        if choice.floor and not 0 <= choice.floor.score <= 100:
            yield f"choices: {choice.code}: the floor is not in 0..100"


def _floor_problems(question: Question) -> Iterator[str]:
    floored = [choice for choice in question.choices if choice.floor]
    if not floored:
        return
    mildest = min(choice.signal for choice in question.choices)
    if all(c.floor for c in question.choices if c.signal == mildest):
        yield "choices: the mildest choice cannot carry a floor"
    for choice in floored:
        for other in question.choices:
            if other.signal > choice.signal and not _covers(other, choice):
                yield f"choices: {other.code}: needs the floor of {choice.code}"
        in_impact = choice.floor is not None and choice.floor.cause == IMPACT
        if in_impact != (question.dimension is Dimension.IMPACT):
            yield f"choices: {choice.code}: the floor is on the other dimension"


def _covers(stronger: Choice, choice: Choice) -> bool:
    if stronger.floor is None or choice.floor is None:
        return False
    same = stronger.floor.cause == choice.floor.cause
    return same and stronger.floor.score >= choice.floor.score


def _scale_problems(question: Question) -> Iterator[str]:
    if len(question.signals) != len(SCALE):
        yield f"signals: {len(SCALE)} are needed"
    if not all(map(_is_signal, question.signals)):
        yield "signals: not in 0..1 with two decimals"


def _number_problems(question: Question) -> Iterator[str]:
    numbers = [number for number, _ in question.breakpoints]
    limits = [n for n in (question.minimum, question.maximum) if n is not None]
    if len(numbers) == 1 or (question.weights and not numbers):
        yield "breakpoints: at least two are needed"
    if any(left >= right for left, right in pairwise(numbers)):
        yield "breakpoints: the numbers do not rise"
    if not all(_is_signal(signal) for _, signal in question.breakpoints):
        yield "breakpoints: a signal is not in 0..1 with two decimals"
    if len(limits) == 2 and limits[0] >= limits[1]:
        yield "minimum: not below the maximum"
    if question.breakpoints and _misses_the_curve(question):
        yield "minimum and maximum: none of the breakpoints lies between them"
    if any((n * 10**10).denominator != 1 or abs(n) >= 10**15 for n in numbers + limits):
        yield "numbers: more than 15 digits or 10 decimals"


def _misses_the_curve(question: Question) -> bool:
    least, most = question.minimum, question.maximum
    return not any(
        (least is None or least <= number) and (most is None or number <= most)
        for number, _ in question.breakpoints
    )


def _gate_problems(gate: Gate, known: dict[str, Question]) -> Iterator[str]:
    if not SNAKE.fullmatch(gate.code):
        yield "not a snake_case code"
    for message in condition_problems(gate.when, known):
        yield f"when: {message}"
    wants_practice = gate.effect is GateEffect.REQUIRE_PRACTICE
    if wants_practice != (gate.practice is not None):
        yield "practice: named exactly when the effect is require_practice"
    if gate.practice is not None and not SLUG.fullmatch(gate.practice):
        yield f"practice: `{gate.practice}` is not a slug"
