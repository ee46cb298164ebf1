"""The interval of a weighted mean when some terms are open and some may be out.

Signals are whole ticks of 1/scale, so that every sum and comparison is exact in
integers; a Fraction is made once, at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """A score from 0 to 100 with its bounds."""

    low: Fraction
    point: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        return self.high - self.low

    def raised(self, given: int, possible: int) -> "Interval":
        """Lift by the largest floor given and the largest that may be given."""
        return Interval(
            max(self.low, Fraction(given)),
            max(self.point, Fraction(given)),
            max(self.high, Fraction(given), Fraction(possible)),
        )


@dataclass(frozen=True, slots=True)
class Term:
    """One question in one weighted mean; low <= point <= high in ticks.

    `certain`: it cannot drop out any more. `counted`: the point counts it.
    """

    question: str
    weight: int
    low: int
    point: int
    high: int
    certain: bool = True
    counted: bool = True


def mean_interval(terms: Sequence[Term], scale: int) -> Interval | None:
    """Return the exact bounds over all ways to open and drop terms; None for none.

    The mean of some terms is lowered by one more exactly when that one lies below it,
    so taking the free terms in the order of their signal is optimal.
    """
    if not terms:
        return None
    low = _least([(t.low, t.weight, t.certain) for t in terms])
    least_complement = _least([(scale - t.high, t.weight, t.certain) for t in terms])
    counted = point_terms(terms)
    total = sum(term.weight * term.point for term in counted)
    return Interval(
        100 * low / scale,
        Fraction(100 * total, scale * sum(term.weight for term in counted)),
        100 - 100 * least_complement / scale,
    )


def point_terms(terms: Sequence[Term]) -> Sequence[Term]:
    """Return what the point counts: if no question is surely visible, all of them."""
    return [term for term in terms if term.counted] or terms


def _least(candidates: list[tuple[int, int, bool]]) -> Fraction:
    total = sum(signal * weight for signal, weight, certain in candidates if certain)
    mass = sum(weight for _, weight, certain in candidates if certain)
    for signal, weight, certain in sorted(candidates):
        if certain:
            continue
        if mass and signal * mass >= total:
            break
        total += signal * weight
        mass += weight
    return Fraction(total, mass)
