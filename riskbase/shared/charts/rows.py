"""Rows of labeled marks on one horizontal axis: what bar charts share."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskbase.shared.charts.scale import Linear
from riskbase.shared.charts.svg import Frame, label, number, tag
from riskbase.shared.charts.text import LINE, SMALL_SIZE, text_width, wrap

BAR = 14
GAP = 12
GUTTER = 14


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a row's label, plot and text stand."""

    labels: float
    start: float
    stop: float
    stacked: bool

    def lines(self, text: str) -> list[str]:
        return wrap(text, self.labels, limit=2)

    def height(self, count: int) -> float:
        if self.stacked:
            return count * LINE + BAR + 4
        return max(count * LINE, BAR + 6)


def layout(frame: Frame, texts: Sequence[str]) -> Layout:
    """Give labels a column of their own, or a line of their own when narrow."""
    widest = max((text_width(text, SMALL_SIZE) for text in texts), default=0)
    column = min(widest, frame.width * (0.42 if frame.is_narrow else 0.26))
    stop = frame.width - column - (GUTTER if column else 8)
    if frame.is_narrow:
        return Layout(frame.width, 8, stop, stacked=True)
    labels = frame.width * 0.3
    return Layout(labels, labels + GUTTER, stop, stacked=False)


def row_text(frame: Frame, place: Layout, text: str, middle: float) -> str:
    room = frame.width - place.stop - GUTTER
    lines = wrap(text, room + 1, limit=2, size=SMALL_SIZE)
    top = middle + 4.5 - (len(lines) - 1) * LINE / 2
    at = (place.stop + GUTTER, top)
    return label(at, lines, text, "chart-small") if text else ""


def grid(scale: Linear, values: Sequence[float], bottom: float, unit: str) -> str:
    """Draw vertical rules with their values below."""
    drawn = []
    for value in values:
        x = scale(value)
        drawn.append(
            tag("path", d=f"M{number(x)} 2V{number(bottom)}", class_="chart-grid")
        )
        text = f"{value:g}{unit}"
        drawn.append(label((x, bottom + 16), [text], text, "chart-axis", "middle"))
    return "".join(drawn)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one row stands: its label's lines and the middle of its marks."""

    label: str
    lines: list[str]
    top: float
    middle: float


def stands(place: Layout, labels: Sequence[str]) -> tuple[list[Stand], float]:
    """Stack the rows; return them and the bottom of the plot."""
    found, top = [], 6.0
    for text in labels:
        lines = place.lines(text)
        height = place.height(len(lines))
        middle = top + (len(lines) * LINE + BAR / 2 if place.stacked else height / 2)
        found.append(Stand(text, lines, top, middle))
        top += height + GAP
    return found, top


def row_label(place: Layout, stand: Stand) -> str:
    if place.stacked:
        return label((0, stand.top + 12), stand.lines, stand.label)
    first = stand.middle + 4.5 - (len(stand.lines) - 1) * LINE / 2
    return label((place.labels, first), stand.lines, stand.label, anchor="end")
