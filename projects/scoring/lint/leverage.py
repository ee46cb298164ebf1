"""Whether an answer can move a cause over the limit of a band, whatever else is said.

Signals are ticks of 1/100, so the sums the other questions can reach are a set of whole
numbers, kept as the bits of one integer for every weight that may be in. The set may
be too large (branches are taken as independent), never too small: a question is called
idle only where that is certain.
"""

from dataclasses import dataclass

from projects.scoring.instrument import Combine, Question, QuestionKind
from projects.scoring.plan import PlannedQuestion
from projects.scoring.tiers import BAND_LIMITS

TICKS = 100
MAX_STEPS = 4_000
MAX_WEIGHT = 1_000


@dataclass(frozen=True, slots=True)
class Pull:
    """One question as it pulls on one cause; `ticks` are the signals it can give."""

    weight: int
    ticks: tuple[int, ...]
    optional: bool
    floored: bool
    exact: bool


def pull_of(planned: PlannedQuestion, slug: str) -> Pull:
    """Return the pull of a question on a cause it weighs on."""
    question = planned.question
    low, high = int(planned.low * TICKS), int(planned.high * TICKS)
    return Pull(
        weight=dict(planned.targets)[slug],
        ticks=_ticks(question, low, high),
        optional=question.visible_when is not None or question.allow_not_applicable,
        floored=bool(question.floors),
        exact=question.kind is not QuestionKind.NUMBER or low == high,
    )


def _ticks(question: Question, low: int, high: int) -> tuple[int, ...]:
    summed = question.combine is Combine.SUM
    if question.kind is QuestionKind.MULTIPLE and summed:
        return tuple(range(low, high + 1))
    if question.kind is QuestionKind.NUMBER:
        return (low, high)
    signals = question.signals or tuple(choice.signal for choice in question.choices)
    return tuple(sorted({int(signal * TICKS) for signal in signals}))


def is_idle(pull: Pull, others: list[Pull]) -> bool:
    """Tell whether it is certain that the pull never moves the band of its cause."""
    steps = sum(len(other.ticks) for other in others)
    weight = sum(other.weight for other in others)
    certain = [other for other in others if not other.optional]
    if pull.floored or not all(other.exact for other in others):
        return False
    if steps > MAX_STEPS or weight > MAX_WEIGHT or not certain:
        return False
    sums = _sums(others)
    return sums is not None and not any(
        _crosses(pull, mass, reached) for mass, reached in sums.items()
    )


def _sums(others: list[Pull]) -> dict[int, int] | None:
    """Return the sums that can be reached, as bits, by the weight that is in."""
    sums, steps = {0: 1}, 0
    for other in others:
        grown = dict(sums) if other.optional else {}
        for mass, reached in sums.items():
            steps += len(other.ticks)
            if steps > MAX_STEPS:
                return None
            heavier = mass + other.weight
            for tick in other.ticks:
                more = reached << (other.weight * tick)
                grown[heavier] = grown.get(heavier, 0) | more
        sums = grown
    return sums


def _crosses(pull: Pull, mass: int, reached: int) -> bool:
    """Tell whether a limit lies between the scores of two answers to the question."""
    least, most = pull.ticks[0] * pull.weight, pull.ticks[-1] * pull.weight
    whole = mass + pull.weight
    if _any_between(reached, whole, least, most):
        return True
    return pull.optional and _crosses_by_leaving(mass, whole, reached, (least, most))


def _any_between(reached: int, whole: int, least: int, most: int) -> bool:
    """Tell whether some sum stays within a limit with the least, and not with the most.

    A sum s is within the limit b with x when s + x <= b * whole in ticks.
    """
    for limit in BAND_LIMITS:
        edge = limit * whole * TICKS // 100
        low, high = max(edge - most + 1, 0), edge - least
        if high >= low and (reached >> low) & ((1 << (high - low + 1)) - 1):
            return True
    return False


def _crosses_by_leaving(
    mass: int, whole: int, reached: int, ends: tuple[int, int]
) -> bool:
    """Tell whether the band with the question may differ from the band without it."""
    for limit in BAND_LIMITS:
        without = limit * mass * TICKS // 100
        for pulled in ends:
            with_it = limit * whole * TICKS // 100 - pulled
            low, high = sorted((without, with_it))
            low = max(low + 1, 0)
            if high >= low and (reached >> low) & ((1 << (high - low + 1)) - 1):
                return True
    return False
