"""What each answer adds to a score: exact shares, and the one place that rounds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from projects.scoring.interval import point_terms
from projects.scoring.result import CauseScore

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Contribution:
    """One line of an explanation; the floor's line has no question."""

    question: str | None
    weight: int
    share: Fraction
    shown: Decimal

    @property
    def is_floor(self) -> bool:
        return self.question is None


def contributions(cause: CauseScore) -> tuple[Contribution, ...]:
    """Return lines that sum exactly to the point of a cause, floor included.

    The floor's line is there only when a floor lifts the point. Not assessed: no lines.
    """
    if cause.interval is None or cause.unfloored is None:
        return ()
    terms = point_terms(cause.terms)
    total = cause.scale * sum(term.weight for term in terms)
    lines: list[tuple[str | None, int, Fraction]] = [
        (term.question, term.weight, Fraction(100 * term.weight * term.point, total))
        for term in terms
    ]
    lift = cause.interval.point - cause.unfloored
    if lift:
        lines.append((None, 0, lift))
    shown = rounded([share for _, _, share in lines])
    return tuple(
        Contribution(*line, part) for line, part in zip(lines, shown, strict=True)
    )


def rounded(shares: Sequence[Fraction]) -> tuple[Decimal, ...]:
    """Round shares >= 0 to 0.1 so that they add up to their rounded sum.

    Largest remainder: all are cut to tenths, and the tenths still missing go to the
    largest rests, the earlier share first. The sum is rounded half to even.
    """
    tenths = [share * _TENTHS for share in shares]
    cut = [int(tenth) for tenth in tenths]
    missing = round(sum(tenths, Fraction())) - sum(cut)
    by_rest = sorted(range(len(cut)), key=lambda i: cut[i] - tenths[i])
    for index in by_rest[:missing]:
        cut[index] += 1
    return tuple(Decimal(tenth) / _TENTHS for tenth in cut)
