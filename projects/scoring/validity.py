"""Whether an instrument makes sense: every problem, each with its place.

Two rules keep scores monotone in the signal and their bounds attainable: a choice
warning more strongly than one with a floor carries at least that floor, and the mildest
choice carries none.
"""

import re
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
from projects.scoring.rules_validity import points_problems, rules_problems

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
    if instrument.rules is not None:
        yield from rules_problems(instrument, instrument.rules)
    codes = frozenset(question.code for question in instrument.questions)
    known: dict[str, Question] = {}
    for place, question in instrument.placed():
        if question.visible_when:
            when = f"{place}.visible_when"
            yield from condition_problems(question.visible_when, known, when, codes)
        for problem in _problems_of(question, instrument):
            yield problem.within(place)
        known[question.code] = question
    for index, gate in enumerate(instrument.gates):
        for problem in _gate_problems(gate, known):
            yield problem.within(f"gates[{index}]")


def _problems_of(question: Question, instrument: Instrument) -> Iterator[Problem]:
    if instrument.rules is None:
        yield from question_problems(question)
        return
    yield from _code_problems(question)
    yield from points_problems(question, instrument.rules)


def question_problems(question: Question) -> Iterator[Problem]:
    """Find the problems of a question that need no other question.

    Their places are read from the question.
    """
    yield from _code_problems(question)
    yield from _weight_problems(question)
    yield from _choice_problems(question)
    yield from _floor_problems(question)
    if question.kind is QuestionKind.SCALE:
        yield from _scale_problems(question)
    if question.kind is QuestionKind.NUMBER:
        yield from _number_problems(question)


def _code_problems(question: Question) -> Iterator[Problem]:
    if not SNAKE.fullmatch(question.code) or question.code in RESERVED:
        yield Problem("bad_question_code", "code")
    if not _is_signal(question.unknown_signal):
        yield Problem("bad_signal", "unknown_signal")
    choices = [(f"choices[{i}]", c.code) for i, c in enumerate(question.choices)]
    for place, code in choices:
        if not CHOICE.fullmatch(code):
            yield Problem("bad_code", f"{place}.code")
    yield from _doubles(choices)


def _frame_problems(instrument: Instrument) -> Iterator[Problem]:
    if not SLUG.fullmatch(instrument.code):
        yield Problem("bad_questionnaire_code", "code", {"name": instrument.code})
    if not 0 <= instrument.completeness_threshold <= 1:
        yield Problem("bad_threshold", "completeness_threshold")
    sections = [(f"sections[{i}]", s.code) for i, s in enumerate(instrument.sections)]
    for place, code in sections:
        if not SNAKE.fullmatch(code):
            yield Problem("bad_code", f"{place}.code")
    yield from _doubles(sections)
    yield from _doubles((place, q.code) for place, q in instrument.placed())
    gates = enumerate(instrument.gates)
    yield from _doubles((f"gates[{index}]", gate.code) for index, gate in gates)


def _doubles(coded: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Find, at its second place and every later one, a code that is used again."""
    seen: set[str] = set()
    for place, code in coded:
        if code in seen:
            yield Problem("duplicate_code", f"{place}.code", {"name": code})
        seen.add(code)


def _is_signal(signal: Fraction) -> bool:
    return 0 <= signal <= 1 and (signal * 100).denominator == 1


def _weight_problems(question: Question) -> Iterator[Problem]:
    slugs = [slug for slug, _ in question.weights]
    place = _weights_place(question)
    for slug, weight in question.weights:
        if not SLUG.fullmatch(slug):
            yield Problem("bad_cause", f"weights.{slug}", {"name": slug})
        if not 1 <= weight <= 10:
            where = place if slug == IMPACT else f"weights.{slug}"
            yield Problem("bad_weight", where, {"weight": weight})
    if len(slugs) != len(set(slugs)):
        yield Problem("duplicate_cause", place)
    if question.kind in NEVER_SCORED and slugs:
        yield Problem("never_scored", place, {"kind": question.kind.value})
    if is_scored(question) and not slugs:
        yield Problem("unweighted", place)
    yield from _dimension_problems(question, slugs)


def _weights_place(question: Question) -> str:
    return "weight" if question.dimension is Dimension.IMPACT else "weights"


def _dimension_problems(question: Question, slugs: list[str]) -> Iterator[Problem]:
    place = _weights_place(question)
    if (IMPACT in slugs) != (question.dimension is Dimension.IMPACT and bool(slugs)):
        yield Problem("impact_mixed", place)
    elif question.dimension is Dimension.IMPACT and len(slugs) > 1:
        yield Problem("impact_alone", place)


def is_scored(question: Question) -> bool:
    """Tell; a number without breakpoints is a fact for conditions, never scored."""
    if question.kind is QuestionKind.NUMBER:
        return bool(question.breakpoints)
    return question.kind not in NEVER_SCORED


def _choice_problems(question: Question) -> Iterator[Problem]:
    expected = question.kind in WITH_CHOICES
    if expected and len(question.offered) < 2:
        yield Problem("too_few_choices", "choices")
    if question.choices and not expected:
        yield Problem("needless_choices", "choices", {"kind": question.kind.value})
    places = [f"choices[{index}]" for index in range(len(question.choices))]
    placed = list(zip(places, question.choices, strict=True))
    for place, choice in placed:
        if not _is_signal(choice.signal):
            yield Problem("bad_signal", f"{place}.signal")
        if choice.floor and not 0 <= choice.floor.score <= 100:
            yield Problem("bad_floor", f"{place}.floor.score")


def _floor_problems(question: Question) -> Iterator[Problem]:
    floored = [
        (index, choice) for index, choice in enumerate(question.choices) if choice.floor
    ]
    if not floored:
        return
    mildest = min(choice.signal for choice in question.choices)
    if all(c.floor for c in question.choices if c.signal == mildest):
        yield Problem("floor_on_mildest", "choices")
    for index, choice in floored:
        for other, stronger in enumerate(question.choices):
            if stronger.signal > choice.signal and not _covers(stronger, choice):
                place = f"choices[{other}].floor"
                yield Problem("floor_missing", place, {"choice": choice.code})
        in_impact = choice.floor is not None and choice.floor.cause == IMPACT
        if in_impact != (question.dimension is Dimension.IMPACT):
            yield Problem("floor_elsewhere", f"choices[{index}].floor.cause")


def _covers(stronger: Choice, choice: Choice) -> bool:
    if stronger.floor is None or choice.floor is None:
        return False
    same = stronger.floor.cause == choice.floor.cause
    return same and stronger.floor.score >= choice.floor.score


def _scale_problems(question: Question) -> Iterator[Problem]:
    if len(question.signals) != len(SCALE):
        yield Problem("wrong_signal_count", "signals", {"count": len(SCALE)})
    if not all(map(_is_signal, question.signals)):
        yield Problem("bad_signal", "signals")


def _number_problems(question: Question) -> Iterator[Problem]:
    numbers = [number for number, _ in question.breakpoints]
    limits = [n for n in (question.minimum, question.maximum) if n is not None]
    if len(numbers) == 1 or (question.weights and not numbers):
        yield Problem("too_few_breakpoints", "breakpoints")
    if any(left >= right for left, right in pairwise(numbers)):
        yield Problem("unsorted_breakpoints", "breakpoints")
    if not all(_is_signal(signal) for _, signal in question.breakpoints):
        yield Problem("bad_signal", "breakpoints")
    if len(limits) == 2 and limits[0] >= limits[1]:
        yield Problem("empty_range", "minimum")
    if question.breakpoints and _misses_the_curve(question):
        yield Problem("breakpoints_outside", "breakpoints")
    if any((n * 10**10).denominator != 1 or abs(n) >= 10**15 for n in numbers + limits):
        yield Problem("too_many_digits", "breakpoints" if numbers else "minimum")


def _misses_the_curve(question: Question) -> bool:
    least, most = question.minimum, question.maximum
    return not any(
        (least is None or least <= number) and (most is None or number <= most)
        for number, _ in question.breakpoints
    )


def _gate_problems(gate: Gate, known: dict[str, Question]) -> Iterator[Problem]:
    if not SNAKE.fullmatch(gate.code):
        yield Problem("bad_code", "code")
    yield from condition_problems(gate.when, known, "when")
    wants_practice = gate.effect is GateEffect.REQUIRE_PRACTICE
    if wants_practice != (gate.practice is not None):
        yield Problem("practice_misplaced", "practice")
    if gate.practice is not None and not SLUG.fullmatch(gate.practice):
        yield Problem("bad_practice", "practice", {"name": gate.practice})
