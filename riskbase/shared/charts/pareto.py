"""The Pareto chart: shares of a total, largest first, with their running sum."""

from collections.abc import Sequence
from itertools import accumulate

from riskbase.shared.charts.bars import Bar, bar_marks
from riskbase.shared.charts.rows import (
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
    nothing,
    number,
    tag,
)


def pareto(
    frame: Frame,
    rows: Sequence[Bar],
    *,
    unit: str = "%",
    keys: Sequence[Key] = (),
) -> Svg:
    """Draw shares of the total, largest first, with their running sum."""
    known = sorted(
        (row for row in rows if row.value), key=lambda row: -(row.value or 0)
    )
    if not known:
        return nothing(frame, "pareto")
    total = sum(row.value or 0 for row in known)
    place = layout(frame, [row.text for row in known])
    scale = Linear(0, 100, place.start, place.stop)
    found, bottom = stands(place, [row.label for row in known])
    sums = accumulate(row.value or 0 for row in known)
    turns = [
        (scale(100 * running / total), stand.middle)
        for running, stand in zip(sums, found, strict=True)
    ]
    rounds = [0, 50, 100] if frame.is_narrow else [0, 25, 50, 75, 100]
    drawn = [grid(scale, rounds, bottom, unit)]
    for row, stand in zip(known, found, strict=True):
        share = Bar(row.label, 100 * (row.value or 0) / total)
        drawn.append(bar_marks(share, scale, stand.middle))
    drawn.append(running_line(turns))
    for row, stand in zip(known, found, strict=True):
        drawn.append(row_label(place, stand))
        drawn.append(row_text(frame, place, row.text, stand.middle))
    entries, height = legend(keys, frame.width, bottom + 28)
    return document(frame, "pareto", height, [*drawn, entries])


def running_line(turns: Sequence[tuple[float, float]]) -> str:
    path = "L".join(f"{number(x)} {number(y)}" for x, y in turns)
    dots = "".join(
        tag("circle", cx=x, cy=y, r=3.5, class_="chart-dot") for x, y in turns
    )
    return tag("path", d=f"M{path}", class_="chart-line chart-line--sum") + dots
