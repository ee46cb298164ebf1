"""The likelihood x impact matrix: tiers as ground, projects as dots."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskbase.shared.charts.scale import Linear
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
from riskbase.shared.charts.text import SMALL_SIZE, fit, text_width

EDGE = 40
DOT = 6
LABEL_HEIGHT = 14
TIER_SIZE = 11
DASH = "\N{EN DASH}"
BANDS = (f"0{DASH}25", f"25{DASH}50", f"50{DASH}75", f"75{DASH}100")

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Axes:
    """Names of both axes and of the bands, lowest first."""

    likelihood: str
    impact: str
    bands: tuple[str, str, str, str] = BANDS


@dataclass(frozen=True, slots=True)
class Dot:
    """A project at (impact, likelihood), 0-100 each, with optional intervals."""

    impact: float
    likelihood: float
    label: str = ""
    tooltip: str = ""
    impact_range: tuple[float, float] | None = None
    likelihood_range: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Square:
    """Where the four by four cells stand."""

    left: float
    top: float
    side: float

    @property
    def x(self) -> Linear:
        return Linear(0, 100, self.left, self.left + self.side)

    @property
    def y(self) -> Linear:
        return Linear(0, 100, self.top + self.side, self.top)


def overlaps(box: Box, others: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    return any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in others
    )


def ground(square: Square, tiers: Sequence[Sequence[str]]) -> str:
    """Draw the cells; `tiers` has the highest likelihood first."""
    side = square.side / 4
    return "".join(
        tag(
            "rect",
            x=square.left + column * side,
            y=square.top + row * side,
            width=side,
            height=side,
            class_=f"chart-cell chart-cell--{tier}",
        )
        for row, cells in enumerate(tiers)
        for column, tier in enumerate(cells)
    )


def names(
    square: Square, tiers: Sequence[Sequence[str]], texts: dict[str, str]
) -> tuple[str, list[Box]]:
    """Write each cell's tier into its corner; return the boxes they take too."""
    side, drawn, boxes = square.side / 4, "", []
    for row, cells in enumerate(tiers):
        for column, tier in enumerate(cells):
            full = texts.get(tier, tier)
            shown = fit(full, side - 6, TIER_SIZE)
            x = square.left + column * side + 5
            y = square.top + row * side + 14
            drawn += label((x, y), [shown], full, f"chart-tier chart-tier--{tier}")
            boxes.append((x, y - 10, x + text_width(shown, TIER_SIZE), y + 3))
    return drawn, boxes


def edges(square: Square, axes: Axes) -> str:
    """Write the bands and the names of the axes."""
    side = square.side / 4
    bottom, middle = square.top + square.side, square.top + square.side / 2
    drawn = []
    for index, band in enumerate(axes.bands):
        x = square.left + (index + 0.5) * side
        y = bottom - (index + 0.5) * side
        turned = f"rotate(-90 {number(square.left - 8)} {number(y)})"
        drawn.append(label((x, bottom + 16), [band], "", "chart-axis", "middle"))
        text = label((square.left - 8, y), [band], "", "chart-axis", "middle")
        drawn.append(tag("g", text, transform=turned))
    name = [fit(axes.impact, square.side)]
    across = (square.left + square.side / 2, bottom + 35)
    drawn.append(label(across, name, axes.impact, "chart-label", "middle"))
    side_x = square.left - 26
    shown = [fit(axes.likelihood, square.side)]
    up = label((side_x, middle), shown, axes.likelihood, "chart-label", "middle")
    turned = f"rotate(-90 {number(side_x)} {number(middle)})"
    drawn.append(tag("g", up, transform=turned))
    return "".join(drawn)


def place_label(
    dot: Dot, at: tuple[float, float], square: Square, taken: list[Box]
) -> str:
    """Put the label beside its dot where it is free; else leave it to the tooltip."""
    x, y = at
    text = fit(dot.label, square.side * 0.62, SMALL_SIZE)
    width = text_width(text, SMALL_SIZE)
    spots = (
        (x + DOT + 4, y + 4),
        (x - DOT - 4 - width, y + 4),
        (x - width / 2, y - DOT - 5),
        (x - width / 2, y + DOT + 14),
        (x + DOT, y - DOT - 5),
        (x + DOT, y + DOT + 14),
        (x - DOT - width, y - DOT - 5),
        (x - DOT - width, y + DOT + 14),
    )
    edge = square.left + square.side
    for left, base in spots:
        box = (left, base - LABEL_HEIGHT + 3, left + width, base + 3)
        if left >= square.left and box[2] <= edge and not overlaps(box, taken):
            taken.append(box)
            return label((left, base), [text], dot.label, "chart-small chart-dot-label")
    return ""


def cross(dot: Dot, square: Square) -> tuple[str, list[Box]]:
    """Draw the intervals of both scores through the dot; return their boxes too."""
    scale_x, scale_y, path, boxes = square.x, square.y, "", []
    x, y = scale_x(dot.impact), scale_y(dot.likelihood)
    if dot.impact_range:
        left, right = (scale_x(bound) for bound in dot.impact_range)
        path += f"M{number(left)} {number(y)}H{number(right)}"
        boxes.append((left, y - 2, right, y + 2))
    if dot.likelihood_range:
        low, high = (scale_y(bound) for bound in dot.likelihood_range)
        path += f"M{number(x)} {number(low)}V{number(high)}"
        boxes.append((x - 2, high, x + 2, low))
    return (tag("path", d=path, class_="chart-cross") if path else ""), boxes


def risk_matrix(
    frame: Frame,
    tiers: Sequence[Sequence[str]],
    dots: Sequence[Dot],
    axes: Axes,
    texts: dict[str, str],
) -> Svg:
    """Draw dots over the tiers; `texts` names each tier."""
    if not tiers:
        return nothing(frame, "matrix")
    side = min(frame.width - EDGE - 8, 520)
    square = Square(max(EDGE, (frame.width - side) / 2), 6, side)
    spots = [(square.x(dot.impact), square.y(dot.likelihood)) for dot in dots]
    written, taken = names(square, tiers, texts)
    drawn = [ground(square, tiers), written, edges(square, axes)]
    for dot, (x, y) in zip(dots, spots, strict=True):
        lines, boxes = cross(dot, square)
        drawn.append(lines)
        taken += [*boxes, (x - DOT, y - DOT, x + DOT, y + DOT)]
    for dot, (x, y) in zip(dots, spots, strict=True):
        tooltip = tag("title", escape(dot.tooltip or dot.label))
        drawn.append(tag("circle", tooltip, cx=x, cy=y, r=DOT, class_="chart-dot"))
    drawn.extend(
        place_label(dot, spot, square, taken)
        for dot, spot in zip(dots, spots, strict=True)
        if dot.label
    )
    return document(frame, "matrix", side + 50, drawn)
