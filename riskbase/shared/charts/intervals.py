"""Cause bars on 0-100: interval with inherent, current and target score."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskbase.shared.charts.rows import (
    GUTTER,
    grid,
    layout,
    row_label,
    row_text,
    stands,
)
from riskbase.shared.charts.scale import Linear
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

BANDS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class CauseBar:
    """A cause's scores; `inherent` None means not assessed, `text` says so."""

    label: str
    inherent: float | None = None
    low: float | None = None
    high: float | None = None
    current: float | None = None
    target: float | None = None
    text: str = ""
    tier: str = ""


def range_bar(bar: CauseBar, scale: Linear, y: float) -> str:
    if bar.low is None or bar.high is None:
        return ""
    left = scale(bar.low)
    width = max(scale(bar.high) - left, 2)
    tier = f" chart-range--{bar.tier}" if bar.tier else ""
    return tag(
        "rect",
        x=left,
        y=y - 7,
        width=width,
        height=14,
        rx=2,
        class_=f"chart-range{tier}",
    )


def cause_marks(bar: CauseBar, scale: Linear, y: float) -> str:
    """Draw the track, the interval and the three marks of one cause."""
    known = bar.inherent is not None
    track = f"M{number(scale.start)} {number(y)}H{number(scale.stop)}"
    kind = "chart-track" if known else "chart-track chart-track--none"
    drawn = tag("path", d=track, class_=kind)
    if not known:
        return drawn
    drawn += range_bar(bar, scale, y)
    for name in ("target", "current", "inherent"):
        value = getattr(bar, name)
        if value is not None:
            drawn += mark(name, scale(value), y)
    return drawn


def cause_bars(
    frame: Frame, rows: Sequence[CauseBar], *, keys: Sequence[Key] = ()
) -> Svg:
    """Draw the causes in the order given, on one axis from 0 to 100."""
    if not rows:
        return nothing(frame, "intervals")
    place = layout(frame, [row.text for row in rows])
    scale = Linear(0, 100, place.start, place.stop - GUTTER / 2)
    found, bottom = stands(place, [row.label for row in rows])
    drawn = [grid(scale, BANDS, bottom, "")]
    for row, stand in zip(rows, found, strict=True):
        drawn.append(row_label(place, stand))
        drawn.append(cause_marks(row, scale, stand.middle))
        drawn.append(row_text(frame, place, row.text, stand.middle))
    entries, height = legend(keys, frame.width, bottom + 28)
    return document(frame, "intervals", height, [*drawn, entries])
