"""How long failures stay unnoticed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from portfolio.stats.records import PostmortemFact

RESAMPLES = 2000
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Median:
    """Median of n durations in days, with its bootstrap interval."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


def median(days: Sequence[int]) -> Median:
    """Return the median with a percentile bootstrap interval of fixed seed."""
    if not days:
        return Median(0)
    values = np.sort(np.array(days, float))
    generator = np.random.default_rng(SEED)
    drawn = generator.choice(values, size=(RESAMPLES, len(values)))
    low, high = np.quantile(np.median(drawn, axis=1), [0.025, 0.975])
    return Median(len(days), float(np.median(values)), float(low), float(high))


def days_to_detection(records: Iterable[PostmortemFact], since: str) -> list[int]:
    """Return days from `since` (introduced or detectable) to detection.

    Records without both dates, or whose dates run backwards, are left out.
    """
    days = []
    for record in records:
        start = record.introduced_on if since == "introduced" else record.detectable_on
        if start is None or record.detected_on is None:
            continue
        if (passed := (record.detected_on - start).days) >= 0:
            days.append(passed)
    return days
