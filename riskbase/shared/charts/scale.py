"""Values to positions: a clamped linear scale and round tick values."""

from dataclasses import dataclass
from math import floor, isfinite, log10


@dataclass(frozen=True, slots=True)
class Linear:
    """Maps [low, high] onto [start, stop]; values outside are clamped."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        if not isfinite(value) or self.high <= self.low:
            return self.start
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.stop - self.start)


def round_step(span: float, count: int) -> float:
    """Return the smallest of 1, 2, 2.5, 5 x 10^k that needs at most `count` steps."""
    raw = span / count
    power = 10.0 ** floor(log10(raw))
    return min(
        step * power for step in (1, 2, 2.5, 5, 10) if step * power >= raw * 0.9999
    )


def ticks(high: float, count: int = 5) -> list[float]:
    """Return round values from 0 to the first one that is not below `high`."""
    if not isfinite(high) or high <= 0:
        return [0.0, 1.0]
    step = round_step(high, count)
    found = [0.0]
    while found[-1] < high - step * 1e-9:
        found.append(round(len(found) * step, 10))
    return found
