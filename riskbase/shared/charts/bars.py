"""Horizontal bars with interval whiskers and published values."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskbase.shared.charts.rows import (
    BAR,
    grid,
    layout,
    row_label,
    row_text,
    stands,
)
from riskbase.shared.charts.scale import Linear, ticks
from riskbase.shared.charts.svg import (
    Frame,
    Key,
    Svg,
    document,
    legend,
    mark,
    nothing,
    number,
    tag,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row; `value` None means withheld or unknown, and `text` says why."""

    label: str
    value: float | None
    text: str = ""
    low: float | None = None
    high: float | None = None
    published: float | None = None

    @property
    def reach(self) -> float:
        known = (self.value, self.high, self.published)
        return max((value for value in known if value is not None), default=0.0)


def whisker(scale: Linear, low: float, high: float, y: float) -> str:
    left, right = number(scale(low)), number(scale(high))
    ends = f"M{left} {number(y - 4)}v8M{right} {number(y - 4)}v8"
    return tag("path", d=f"M{left} {number(y)}H{right}{ends}", class_="chart-whisker")


def bar_marks(bar: Bar, scale: Linear, y: float) -> str:
    """Draw a row's bar, its interval and the published value."""
    drawn = ""
    if bar.value is not None:
        width = scale(bar.value) - scale.start
        drawn += tag(
            "rect",
            x=scale.start,
            y=y - BAR / 2,
            width=max(width, 1),
            height=BAR,
            class_="chart-bar",
        )
    if bar.value is not None and bar.low is not None and bar.high is not None:
        drawn += whisker(scale, bar.low, bar.high, y)
    if bar.published is not None:
        drawn += mark("published", scale(bar.published), y)
    return drawn


def bars(
    frame: Frame,
    rows: Sequence[Bar],
    *,
    unit: str = "",
    maximum: float | None = None,
    keys: Sequence[Key] = (),
) -> Svg:
    """Draw one bar a row; values, intervals and published values share the axis."""
    if not rows:
        return nothing(frame, "bars")
    place = layout(frame, [row.text for row in rows])
    reach = maximum or max(row.reach for row in rows)
    values = ticks(reach, 3 if frame.is_narrow else 5)
    scale = Linear(0, values[-1], place.start, place.stop)
    found, bottom = stands(place, [row.label for row in rows])
    drawn = [grid(scale, values, bottom, unit)]
    for row, stand in zip(rows, found, strict=True):
        drawn.append(row_label(place, stand))
        drawn.append(bar_marks(row, scale, stand.middle))
        drawn.append(row_text(frame, place, row.text, stand.middle))
    entries, height = legend(keys, frame.width, bottom + 28)
    return document(frame, "bars", height, [*drawn, entries])
