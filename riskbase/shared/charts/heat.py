"""The heat map: rows by columns with counts, for stages or co-occurrence."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskbase.shared.charts.svg import (
    Frame,
    Svg,
    document,
    escape,
    label,
    nothing,
    number,
    tag,
)
from riskbase.shared.charts.text import LINE, SMALL_SIZE, fit, wrap

ROW = 38
STEPS = 5
TURNED = 118.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A count or measure; None with a text is withheld, None without is empty."""

    value: float | None
    text: str = ""
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """Name of one direction and the labels of its lines."""

    labels: Sequence[str]
    name: str = ""


def step(value: float | None, largest: float) -> int:
    """Return the color step, 0 for nothing and 1 to 5 by share of the largest."""
    if not value or largest <= 0 or value < 0:
        return 0
    return min(STEPS, 1 + int(value / largest * STEPS * 0.999))


def column_heads(axis: Axis, left: float, width: float) -> tuple[str, float]:
    """Write the column labels, upright where they fit; return their height too."""
    if width >= 70:
        texts = [
            wrap(text, width - 6, limit=3, size=SMALL_SIZE) for text in axis.labels
        ]
        tallest = max(len(lines) for lines in texts) * LINE
        drawn = [
            label(
                (left + (index + 0.5) * width, tallest - (len(lines) - 1) * LINE - 4),
                lines,
                axis.labels[index],
                "chart-small",
                "middle",
            )
            for index, lines in enumerate(texts)
        ]
        return "".join(drawn), tallest + 4
    return turned_heads(axis, left, width), TURNED


def turned_heads(axis: Axis, left: float, width: float) -> str:
    """Write the column labels upward, in two lines where the column has room."""
    drawn = []
    for index, text in enumerate(axis.labels):
        limit = 2 if width >= 2 * LINE else 1
        lines = wrap(text, TURNED - 6, limit=limit, size=SMALL_SIZE)
        x = left + (index + 0.5) * width + 4 - (len(lines) - 1) * LINE / 2
        y = TURNED - 4
        word = label((x, y), lines, text, "chart-small")
        turned = f"rotate(-90 {number(x)} {number(y)})"
        drawn.append(tag("g", word, transform=turned))
    return "".join(drawn)


def cell_box(cell: Cell, at: tuple[float, float], width: float, color: int) -> str:
    x, y = at
    tooltip = tag("title", escape(cell.tooltip)) if cell.tooltip else ""
    kind = f"chart-heat chart-heat--{color}"
    if cell.value is None and cell.text:
        kind = "chart-heat chart-heat--withheld"
    box = tag(
        "rect",
        tooltip,
        x=x + 1,
        y=y + 1,
        width=width - 2,
        height=ROW - 2,
        rx=2,
        class_=kind,
    )
    if not cell.text:
        return box
    class_ = (
        "chart-heat-text chart-heat-text--strong" if color >= 4 else "chart-heat-text"
    )
    middle = (x + width / 2, y + ROW / 2 + 4.5)
    shown = [fit(cell.text, width - 4, SMALL_SIZE)]
    return box + label(middle, shown, cell.text, class_, "middle")


def heat_map(
    frame: Frame, rows: Axis, columns: Axis, cells: Sequence[Sequence[Cell]]
) -> Svg:
    """Draw the cells row by row; darker means more, and each says its number."""
    if not rows.labels or not columns.labels:
        return nothing(frame, "heat")
    left = frame.width * (0.36 if frame.is_narrow else 0.26)
    width = min((frame.width - left) / len(columns.labels), 120)
    largest = max((cell.value or 0 for line in cells for cell in line), default=0)
    heads, below = column_heads(columns, left, width)
    top = LINE + 6.0 if columns.name else 0.0
    drawn = [tag("g", heads, transform=f"translate(0 {number(top)})")]
    span = (left + width * len(columns.labels) / 2, 13.0)
    if columns.name:
        drawn.append(label(span, [columns.name], "", "chart-axis", "middle"))
    if rows.name:
        named = wrap(rows.name, left - 12, limit=2, size=SMALL_SIZE)
        base = top + below - 6 - (len(named) - 1) * LINE
        drawn.append(label((0, base), named, rows.name, "chart-axis"))
    y = top + below
    for text, line in zip(rows.labels, cells, strict=True):
        shown = wrap(text, left - 12, limit=2, size=SMALL_SIZE)
        base = y + ROW / 2 + 4.5 - (len(shown) - 1) * LINE / 2
        drawn.append(label((left - 10, base), shown, text, "chart-small", "end"))
        drawn.extend(
            cell_box(cell, (left + index * width, y), width, step(cell.value, largest))
            for index, cell in enumerate(line)
        )
        y += ROW
    return document(frame, "heat", y + 4, drawn)
