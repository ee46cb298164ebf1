"""A line by period with its interval as a band; gaps stay gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from riskbase.shared.charts.scale import Linear, ticks
from riskbase.shared.charts.svg import (
    Frame,
    Key,
    Svg,
    document,
    escape,
    label,
    legend,
    nothing,
    number,
    tag,
)
from riskbase.shared.charts.text import SMALL_SIZE, text_width

LEFT = 46
RIGHT = 16
HEIGHT = 240


@dataclass(frozen=True, slots=True)
class Period:
    """One quarter; `value` None is withheld or missing and leaves a gap."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    tooltip: str = ""
    flagged: bool = False

    @property
    def reach(self) -> float:
        return max(self.value or 0, self.high or 0)


@dataclass(frozen=True, slots=True)
class Spot:
    """A period with its place."""

    period: Period
    x: float
    y: float


def runs(spots: Sequence[Spot | None]) -> list[list[Spot]]:
    """Cut the series where a period has no value."""
    return [
        [spot for spot in group if spot]
        for known, group in groupby(spots, key=lambda spot: spot is not None)
        if known
    ]


def line(run: Sequence[Spot]) -> str:
    path = "L".join(f"{number(spot.x)} {number(spot.y)}" for spot in run)
    return tag("path", d=f"M{path}", class_="chart-line") if len(run) > 1 else ""


def band(run: Sequence[Spot], y: Linear) -> str:
    """Draw the interval; a lone period shows it as a whisker."""
    edges = [
        (spot.x, y(spot.period.low), y(spot.period.high))
        for spot in run
        if spot.period.low is not None and spot.period.high is not None
    ]
    if len(edges) < 2:
        d = "".join(f"M{number(x)} {number(a)}V{number(b)}" for x, a, b in edges)
        return tag("path", d=d, class_="chart-whisker") if d else ""
    upper = [f"{number(x)} {number(high)}" for x, _, high in edges]
    lower = [f"{number(x)} {number(low)}" for x, low, _ in reversed(edges)]
    return tag("path", d=f"M{'L'.join(upper + lower)}z", class_="chart-band")


def dots(run: Sequence[Spot]) -> str:
    drawn = []
    for spot in run:
        tooltip = spot.period.tooltip
        inner = tag("title", escape(tooltip)) if tooltip else ""
        kind = "chart-dot chart-dot--flagged" if spot.period.flagged else "chart-dot"
        radius = 6 if spot.period.flagged else 4
        drawn.append(tag("circle", inner, cx=spot.x, cy=spot.y, r=radius, class_=kind))
    return "".join(drawn)


def rules(frame: Frame, y: Linear, values: Sequence[float], unit: str) -> str:
    drawn = []
    for value in values:
        at = number(y(value))
        d = f"M{LEFT} {at}H{frame.width - RIGHT}"
        drawn.append(tag("path", d=d, class_="chart-grid"))
        place = (LEFT - 8, y(value) + 4)
        drawn.append(label(place, [f"{value:g}{unit}"], "", "chart-axis", "end"))
    return "".join(drawn)


def period_names(periods: Sequence[Period], x: Linear, bottom: float) -> str:
    """Name as many periods as fit, always the last one."""
    widest = max(text_width(period.label, SMALL_SIZE) for period in periods) + 12
    room = abs(x(1) - x(0)) or widest
    every = max(1, -int(-widest // room))
    last = len(periods) - 1
    return "".join(
        label((x(index), bottom + 18), [period.label], "", "chart-axis", "middle")
        for index, period in enumerate(periods)
        if (last - index) % every == 0
    )


def trend(
    frame: Frame,
    periods: Sequence[Period],
    *,
    unit: str = "",
    maximum: float | None = None,
    keys: Sequence[Key] = (),
) -> Svg:
    """Draw the series; a flagged period separates from the ones before it."""
    if not any(period.value is not None for period in periods):
        return nothing(frame, "trend")
    values = ticks(maximum or max(period.reach for period in periods))
    y = Linear(0, values[-1], HEIGHT, 10)
    inset = max(text_width(period.label, SMALL_SIZE) for period in periods) / 2
    left, right = LEFT + inset, frame.width - RIGHT - inset
    x = Linear(0, max(len(periods) - 1, 1), left, right)
    spots = [
        None if period.value is None else Spot(period, x(index), y(period.value))
        for index, period in enumerate(periods)
    ]
    drawn = [rules(frame, y, values, unit), period_names(periods, x, HEIGHT)]
    parts = runs(spots)
    drawn.extend(band(run, y) for run in parts)
    drawn.extend(line(run) + dots(run) for run in parts)
    entries, height = legend(keys, frame.width, HEIGHT + 32)
    return document(frame, "trend", height, [*drawn, entries])
