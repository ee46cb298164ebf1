"""What a backtest found, drawn: who moves where, and by how much."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from projects.selectors.backtests import Migration
from riskbase.shared.charts.bars import Bar, bars
from riskbase.shared.charts.heat import Axis, Cell, heat_map
from riskbase.shared.charts.svg import Frame, Svg, responsive
from riskbase.shared.templatetags.riskbase import tier_label


def migration_chart(migration: Migration) -> Svg:
    """Draw tiers before by tiers after; on the diagonal nothing changes."""
    labels = [tier_label(tier) for tier in migration.tiers]
    cells = [
        [
            _cell(count, labels[index], labels[column])
            for column, count in enumerate(row)
        ]
        for index, (_tier, row, _sum) in enumerate(migration.rows)
    ]
    frame = Frame(
        uid="migration",
        title=_("Tiers before and after"),
        desc=_("The table below gives the same numbers with their sums."),
    )
    rows, columns = Axis(labels, _("Before")), Axis(labels, _("After"))
    return responsive(lambda place: heat_map(place, rows, columns, cells), frame)


def _cell(count: int, before: str, after: str) -> Cell:
    words = {"before": before, "after": after, "count": count}
    tooltip = _("%(before)s to %(after)s: %(count)s") % words
    return Cell(count, str(count) if count else "", tooltip)


def difference_chart(difference: Mapping[str, Any]) -> Svg:
    """Draw how many sheets gain or lose so many points."""
    rows = [
        Bar(_range(bar["from"], bar["to"]), float(bar["count"]), str(bar["count"]))
        for bar in difference["histogram"]
    ]
    frame = Frame(
        uid="difference",
        title=_("Difference of the score"),
        desc=_("Points by which the overall likelihood rises or falls."),
    )
    return responsive(lambda place: bars(place, rows, unit=""), frame)


def _range(low: int, high: int) -> str:
    """Name a bar: the end that is nearer to nothing does not belong to it."""
    if low == high:
        return _("no difference")
    words = {"low": _signed(low), "high": _signed(high)}
    return _("%(low)s to %(high)s") % words


def _signed(points: int) -> str:
    sign = "−" if points < 0 else "+" if points else ""
    return f"{sign}{abs(points)}"
