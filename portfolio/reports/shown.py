"""Counts and shares as a reader may see them: withheld is null with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.stats.escape import Median
from portfolio.stats.rates import Interval, Rate
from portfolio.stats.shrinkage import Shrunken

SMALL_CELL = "small_cell"
NO_DATA = "no_data"
NO_DENOMINATOR = "no_denominator"
DIGITS = 6
# Enough to read; too little to search for hidden siblings through the fitted strength.
SHRUNKEN_DIGITS = 3

Json = dict[str, Any]


def rounded(value: float | None, digits: int = DIGITS) -> float | None:
    return None if value is None else round(value, digits)


@dataclass(frozen=True)
class Shown:
    """The counts of a scope through the eyes of a reader."""

    counts: Mapping[str, int]
    hidden: frozenset[str]

    def hides(self, *cells: str) -> bool:
        """Whether any of these cells is withheld."""
        return any(cell in self.hidden for cell in cells)

    def count(self, cell: str) -> int | None:
        return None if cell in self.hidden else self.counts[cell]

    def measure(self, cell: str, rate: Rate, total: str) -> Json:
        """Return a rate with count, n, interval and the reason if it is withheld."""
        if self.hides(cell, total):
            body = self._bare(SMALL_CELL)
            return body | {"count": self.count(cell), "n": self.count(total)}
        if rate.value is None:
            return self._bare(NO_DATA) | {"count": rate.successes, "n": rate.n}
        return {
            "count": rate.successes,
            "n": rate.n,
            "value": rounded(rate.value),
            **interval(rate.interval),
            "reason": None,
        }

    def _bare(self, reason: str) -> Json:
        nothing = dict.fromkeys(["count", "n", "value", "low", "high"])
        return {**nothing, "interval": None, "reason": reason}

    def median(self, cell: str, found: Median) -> Json:
        """Return a median of days with its interval."""
        body: Json = {"n": found.n, "median_days": None, "low": None, "high": None}
        if self.hides(cell):
            return body | {"n": None, "interval": None, "reason": SMALL_CELL}
        if found.value is None:
            return body | {"interval": None, "reason": NO_DATA}
        return {
            "n": found.n,
            "median_days": rounded(found.value, 1),
            "low": rounded(found.low, 1),
            "high": rounded(found.high, 1),
            "interval": "bootstrap",
            "reason": None,
        }


def interval(found: Interval | None) -> Json:
    if found is None:
        return {"low": None, "high": None, "interval": None}
    return {
        "low": rounded(found.low),
        "high": rounded(found.high),
        "interval": found.method,
    }


def shrunken(found: Shrunken) -> Json:
    """Return a shrunken share with its interval, strength and target."""
    return {
        "value": rounded(found.value, SHRUNKEN_DIGITS),
        "low": rounded(found.interval.low, SHRUNKEN_DIGITS),
        "high": rounded(found.interval.high, SHRUNKEN_DIGITS),
        "interval": found.interval.method,
        "towards": rounded(found.towards, SHRUNKEN_DIGITS),
        "strength": float(f"{found.strength.value:.2g}"),
        "strength_method": found.strength.method,
    }
