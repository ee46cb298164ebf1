"""The signal in [0, 1] and the floors that an answer to one question carries."""

from fractions import Fraction
from math import lcm
from typing import cast

from projects.scoring.instrument import (
    SCALE,
    Choice,
    Combine,
    Floor,
    Question,
    QuestionKind,
)

Value = str | int | tuple[str, ...]


def signal_of(question: Question, value: Value) -> Fraction:
    """Return the signal of a valid value of a scored question."""
    if question.kind is QuestionKind.NUMBER:
        return interpolate(question.breakpoints, Fraction(cast("str", value)))
    if question.kind is QuestionKind.SCALE:
        return question.signals[cast("int", value) - SCALE.start]
    return _combined(question, chosen(question, value))


def chosen(question: Question, value: Value) -> tuple[Choice, ...]:
    """Return the choices a value names; a single code is never iterated."""
    codes = value if isinstance(value, tuple) else (value,)
    return tuple(choice for choice in question.choices if choice.code in codes)


def floors_of(question: Question, value: Value) -> tuple[tuple[str, Floor], ...]:
    """Return the floors a value carries, each with the code of its choice."""
    if not question.choices:
        return ()
    return tuple((c.code, c.floor) for c in chosen(question, value) if c.floor)


def signal_range(question: Question) -> tuple[Fraction, Fraction]:
    """Return the smallest and largest signal any answer can give."""
    if question.kind is QuestionKind.NUMBER:
        reachable = [signal for _, signal in reachable_points(question)]
    elif question.kind is QuestionKind.SCALE:
        reachable = list(question.signals)
    else:
        reachable = [choice.signal for choice in question.choices]
        if question.kind is QuestionKind.MULTIPLE:
            reachable.append(_combined(question, question.choices))
    scale = lcm(*(signal.denominator for signal in reachable))
    ticks = [signal.numerator * (scale // signal.denominator) for signal in reachable]
    return Fraction(min(ticks), scale), Fraction(max(ticks), scale)


def reachable_points(question: Question) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return the allowed numbers between which the signal runs straight."""
    points = question.breakpoints
    low = points[0][0] if question.minimum is None else question.minimum
    high = points[-1][0] if question.maximum is None else question.maximum
    inner = {number for number, _ in points if low <= number <= high}
    return tuple(
        (number, interpolate(points, number)) for number in sorted({low, high} | inner)
    )


def interpolate(
    breakpoints: tuple[tuple[Fraction, Fraction], ...], number: Fraction
) -> Fraction:
    """Read a piecewise-linear curve; it stays level beyond its two ends."""
    left, left_signal = breakpoints[0]
    if number <= left:
        return left_signal
    for right, right_signal in breakpoints[1:]:
        if number <= right:
            share = (number - left) / (right - left)
            return left_signal + share * (right_signal - left_signal)
        left, left_signal = right, right_signal
    return left_signal


def _combined(question: Question, choices: tuple[Choice, ...]) -> Fraction:
    signals = [choice.signal for choice in choices]
    if len(signals) == 1:
        return signals[0]
    if question.combine is Combine.SUM:
        return min(sum(signals, Fraction()), Fraction(1))
    return max(signals)
