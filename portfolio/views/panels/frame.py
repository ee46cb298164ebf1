"""What every section of the statistics page shares."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portfolio.views import words
from riskbase.shared.charts.bars import Bar
from riskbase.shared.charts.svg import Frame, Key, Svg, responsive

Json = Mapping[str, Any]
Titles = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """Heads and rows of ready words; from column `numbers` on they are numbers."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: int = 1


@dataclass(frozen=True)
class Panel:
    """A section: `report` names its download."""

    uid: str
    title: str
    chart: Svg | str
    caption: str
    table: Table
    report: str = ""
    wide: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the chart only says that it has nothing to show."""
        return "chart-empty" in self.chart


def frame(uid: str, title: str, empty: str = "") -> Frame:
    return Frame(
        uid=uid,
        title=title,
        desc=_("The table below gives the numbers."),
        empty=empty or _("Nothing can be shown yet."),
    )


def draw(chart: Callable[..., Svg], frame: Frame, *parts: Any, **options: Any) -> Svg:
    return responsive(lambda place: chart(place, *parts, **options), frame)


def bar(label: str, measure: Json) -> Bar:
    value, low, high = (
        None if measure[name] is None else 100 * measure[name]
        for name in ("value", "low", "high")
    )
    text = words.share(measure)
    if value is not None:
        text = f"{text}, {words.counted(measure)}"
    return Bar(label, value, text, low, high)


def whiskers() -> tuple[Key, ...]:
    return (Key("bar", _("Share")), Key("whisker", _("interval of 95 %")))
