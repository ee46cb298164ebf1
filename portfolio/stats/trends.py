"""Rates by quarter, over a rolling year, with changes that are more than noise."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.stats.rates import Rate, rate

WINDOW = 4
LONGEST = 24
"""Windows kept: six years."""
SPAN = LONGEST + WINDOW - 1
"""Quarters they cover."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """What ended in one quarter."""

    quarter: int
    successes: int
    n: int


@dataclass(frozen=True, slots=True)
class Window:
    """Four quarters ending with `quarter`.

    `change` is 'up' or 'down' against the four quarters before, when the intervals
    of the two, which share no quarter, do not overlap; else empty.
    """

    quarter: int
    rate: Rate
    change: str


def quarters(hits: Sequence[tuple[int, bool]], last: int) -> list[Quarter]:
    """Count by quarter from the first one to `last`, quarters without any included."""
    if not hits:
        return []
    totals = Counter(quarter for quarter, _ in hits)
    successes = Counter(quarter for quarter, hit in hits if hit)
    first = min(totals)
    return [
        Quarter(quarter, successes[quarter], totals[quarter])
        for quarter in range(first, max(last, *totals) + 1)
    ]


def recounted(frame: Sequence[Quarter], hits: Sequence[int]) -> list[Quarter]:
    """Count `hits` in the quarters of `frame`, all of them successes."""
    totals = Counter(hits)
    return [
        Quarter(part.quarter, totals[part.quarter], totals[part.quarter])
        for part in frame
    ]


def rolling(series: Sequence[Quarter]) -> list[Window]:
    """Return every full window of four quarters, oldest first, flagged."""
    rates = [
        rate(
            sum(part.successes for part in series[end - WINDOW : end]),
            sum(part.n for part in series[end - WINDOW : end]),
        )
        for end in range(WINDOW, len(series) + 1)
    ]
    windows = []
    for index, current in enumerate(rates):
        before = rates[index - WINDOW] if index >= WINDOW else None
        quarter = series[index + WINDOW - 1].quarter
        windows.append(Window(quarter, current, change_between(before, current)))
    return windows[-LONGEST:]


def change_between(before: Rate | None, after: Rate) -> str:
    """Return 'up', 'down' or '' for two disjoint periods."""
    if before is None or before.interval is None or after.interval is None:
        return ""
    if not after.interval.is_apart_from(before.interval):
        return ""
    return "up" if after.interval.low > before.interval.high else "down"
