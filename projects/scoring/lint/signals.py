"""Questions whose answers hardly tell one project from another."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from projects.scoring.instrument import Combine, Instrument, Question, QuestionKind
from projects.scoring.lint.finding import Finding, note, warning
from projects.scoring.lint.parts import questions
from projects.scoring.signals import signal_range


def signal_findings(
    instrument: Instrument, document: Mapping[str, Any], broken: frozenset[str]
) -> Iterator[Finding]:
    """Find flat, saturated and uncovered signals of the questions that are whole."""
    declared = {
        place for place, entry in questions(document) if "unknown_signal" in entry
    }
    for place, question in instrument.placed():
        if place in broken or not question.weights:
            continue
        yield from _range_findings(place, question, declared=place in declared)
        if question.kind is QuestionKind.MULTIPLE and question.combine is Combine.SUM:
            yield from _saturation(place, question)
        if question.kind is QuestionKind.NUMBER:
            yield from _coverage(place, question)


def _range_findings(
    place: str, question: Question, *, declared: bool
) -> Iterator[Finding]:
    low, high = signal_range(question)
    if low == high:
        yield warning("flat_signal", f"{place}.{_signals_key(question)}")
    elif declared and not low <= question.unknown_signal <= high:
        yield warning(
            "unknown_signal_outside",
            f"{place}.unknown_signal",
            signal=shown(question.unknown_signal),
            least=shown(low),
            most=shown(high),
        )


def _signals_key(question: Question) -> str:
    if question.kind is QuestionKind.NUMBER:
        return "breakpoints"
    return "signals" if question.kind is QuestionKind.SCALE else "choices"


def _saturation(place: str, question: Question) -> Iterator[Finding]:
    """Tell; it is grave where any two ticks already say all there is to say."""
    signals = sorted(c.signal for c in question.offered if c.signal)
    total = sum(signals, Fraction())
    if total <= 1 or len(signals) < 2:
        return
    tell = warning if signals[0] + signals[1] >= 1 else note
    yield tell("saturated_choices", f"{place}.choices", sum=shown(total))


def _coverage(place: str, question: Question) -> Iterator[Finding]:
    first, last = question.breakpoints[0][0], question.breakpoints[-1][0]
    least, most = question.minimum, question.maximum
    beyond = []
    if least is not None and least < first:
        beyond.append(least)
    if most is not None and most > last:
        beyond.append(most)
    for number in beyond:
        params = {"number": shown(number)}
        yield warning("range_uncovered", f"{place}.breakpoints", **params)


def shown(number: Fraction) -> str:
    """Write a short decimal as it stands in a document."""
    return f"{float(number):.15g}"
