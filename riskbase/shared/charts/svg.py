"""What every chart shares: the frame, safe text, wrapping, the SVG document."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from riskbase.shared.charts.text import (
    ELLIPSIS,
    LINE,
    SMALL_SIZE,
    fit,
    text_width,
    wrap,
)

WIDE = 720
NARROW = 360


class Svg(str):
    """Markup that is already escaped; Django templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Frame:
    """Identity and texts of a chart; `uid` is unique on the page."""

    uid: str
    title: str
    desc: str = ""
    empty: str = ""
    width: int = WIDE

    @property
    def is_narrow(self) -> bool:
        return self.width < 520


@dataclass(frozen=True, slots=True)
class Key:
    """A legend entry: the class of its mark and what the mark means."""

    mark: str
    label: str


def escape(text: object) -> str:
    """Escape for element content; control characters are not XML."""
    clean = "".join(c for c in str(text) if c >= " " or c in "\t\n")
    return escape_xml(clean)


def number(value: float) -> str:
    """Write a coordinate: at most two decimals, no exponent, no locale."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tag(name: str, content: str = "", **attributes: object) -> str:
    """Write one element; `class_` and `font_size` lose and change their underscores."""
    parts = [
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(written(value))}"
        for key, value in attributes.items()
        if value is not None and value != ""
    ]
    opening = f"<{name}{''.join(parts)}"
    return f"{opening}>{content}</{name}>" if content else f"{opening}/>"


def written(value: object) -> str:
    return number(value) if isinstance(value, int | float) else escape_control(value)


def escape_control(value: object) -> str:
    return "".join(c for c in str(value) if c >= " ")


def label(
    at: tuple[float, float],
    lines: Sequence[str],
    full: str = "",
    class_: str = "chart-label",
    anchor: str = "",
) -> str:
    """Write lines of text from a first baseline; `full` becomes the tooltip."""
    x, y = at
    shortened = any(line.endswith(ELLIPSIS) for line in lines)
    tooltip = tag("title", escape(full)) if shortened and full else ""
    spans = "".join(
        tag("tspan", escape(line), x=x, y=y + index * LINE) or ""
        for index, line in enumerate(lines)
    )
    return tag("text", tooltip + spans, class_=class_, text_anchor=anchor or None)


def legend(keys: Iterable[Key], width: float, top: float) -> tuple[str, float]:
    """Lay out legend entries in rows; return the markup and the next free y."""
    drawn, x, y = [], 0.0, top
    for key in keys:
        text = fit(key.label, width - 26, SMALL_SIZE)
        needed = 26 + text_width(text, SMALL_SIZE) + 16
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 4
        drawn.append(mark(key.mark, x + 9, y + 8))
        drawn.append(label((x + 24, y + 12), [text], key.label, "chart-small"))
        x += needed
    return "".join(drawn), (y + LINE + 8 if drawn else top)


def mark(kind: str, x: float, y: float, size: float = 5) -> str:
    """Draw a mark by kind: each kind has a shape of its own."""
    class_ = f"chart-mark chart-mark--{kind}"
    if kind in {"bar", "range", "band"}:
        return tag("rect", x=x - 9, y=y - 4, width=18, height=8, class_=class_)
    if kind in {"whisker", "line", "bound"}:
        return tag("path", d=f"M{number(x - 9)} {number(y)}h18", class_=class_)
    if kind in {"published", "current"}:
        corner = number(size + 1)
        d = f"M{number(x)} {number(y - size - 1)}l{corner} {corner}l-{corner} {corner}l-{corner} -{corner}z"
        return tag("path", d=d, class_=class_)
    if kind == "target":
        wing = number(size + 0.5)
        d = f"M{number(x)} {number(y - size - 1)}l{wing} {number(2 * size)}h-{number(2 * size + 1)}z"
        return tag("path", d=d, class_=class_)
    return tag("circle", cx=x, cy=y, r=size, class_=class_)


def document(frame: Frame, kind: str, height: float, parts: Iterable[str]) -> Svg:
    """Wrap the drawing: role, title, description, responsive view box."""
    base = f"{frame.uid}-{frame.width}"
    head = tag("title", escape(frame.title) or " ", id=f"{base}-title")
    head += tag("desc", escape(frame.desc) or " ", id=f"{base}-desc")
    return Svg(
        tag(
            "svg",
            head + "".join(parts),
            xmlns="http://www.w3.org/2000/svg",
            class_=f"chart chart--{kind}",
            viewBox=f"0 0 {frame.width} {number(max(height, 1))}",
            role="img",
            aria_labelledby=f"{base}-title {base}-desc",
        )
    )


def nothing(frame: Frame, kind: str) -> Svg:
    """Draw the empty chart: its frame and the reason."""
    lines = wrap(frame.empty, frame.width - 24)
    text = label((frame.width / 2, 34), lines, frame.empty, "chart-empty", "middle")
    return document(frame, kind, 64, [text])


def responsive(draw: Callable[[Frame], Svg], frame: Frame) -> Svg:
    """Draw for wide and for narrow columns; the style sheet shows one of them."""
    wide = draw(replace(frame, width=WIDE))
    narrow = draw(replace(frame, width=NARROW))
    return Svg(
        f'<div class="chart-pair"><div class="chart-wide">{wide}</div>'
        f'<div class="chart-narrow">{narrow}</div></div>'
    )
