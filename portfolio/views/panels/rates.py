"""Sections about how projects end."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from portfolio.views import findings, words
from portfolio.views.panels.frame import Json, Panel, Table, bar, draw, frame, whiskers
from portfolio.views.panels.published import is_percent, published_bar
from riskbase.shared.charts.bars import bars
from riskbase.shared.charts.trend import Period, trend
from riskbase.shared.templatetags.riskbase import percent


def failure_rate(payload: Json) -> Panel:
    found = payload["failure_rate"]
    title = findings.failure_rate(payload)
    ours = bar(_("Our closed projects"), found)
    others = [
        published_bar(row)
        for row in payload["published_rates"]
        if is_percent(row) and not row["cause_slug"]
    ]
    return Panel(
        "failure-rate",
        title,
        draw(
            bars,
            frame("failure-rate", title),
            [ours, *others[:5]],
            unit="%",
            maximum=100,
            keys=whiskers(),
        ),
        _coverage(found),
        Table(
            [_("Measure"), _("Share"), _("Count")],
            [
                [_("Failure rate"), words.share(found), words.counted(found)],
                [
                    _("Closed out of those due"),
                    words.share(found["coverage"]),
                    words.counted(found["coverage"]),
                ],
            ],
        ),
        "failure-rate",
        wide=True,
    )


def _coverage(found: Json) -> str:
    coverage = found["coverage"]
    if coverage["value"] is None:
        return _("Failed, abandoned and degraded among all closed projects.")
    text = _(
        "Of the projects that should have ended, %(share)s are closed out (%(counted)s)."
    ) % {
        "share": percent(coverage["value"]),
        "counted": words.counted(coverage),
    }
    if found["coverage_is_low"]:
        text += " " + _(
            "Below %(least)s the rate may be far off: record the missing outcomes."
        ) % {"least": percent(found["least_coverage"])}
    return text


def split(payload: Json, part: str, title: str, name_of: Callable[[str], str]) -> Panel:
    rows = payload[part]
    key = part.removesuffix("s")
    drawn = [bar(name_of(row[key]), row) for row in rows]
    some = any(row["n"] != 0 for row in rows)
    return Panel(
        part,
        title,
        draw(bars, frame(part, title), drawn if some else [], unit="%"),
        _("n = %(n)s") % {"n": words.count(rows[0]["n"]) if rows else 0},
        Table(
            [title, _("Share"), _("Count")],
            [[name_of(row[key]), words.share(row), words.counted(row)] for row in rows],
        ),
        "summary",
    )


def robustness(payload: Json) -> Panel:
    found = payload["robustness"]
    title = findings.robustness(found)
    return Panel(
        "robustness",
        title,
        draw(
            bars,
            frame("robustness", title),
            [bar(_("Robustness-related"), found)] if found["n"] != 0 else [],
            unit="%",
            maximum=100,
        ),
        _(
            "Coded root and contributing causes, at least probable, flagged in the taxonomy as a want of robustness."
        ),
        Table(
            [_("Measure"), _("Share"), _("Count")],
            [[_("Robustness-related"), words.share(found), words.counted(found)]],
        ),
        "summary",
    )


def trend_panel(payload: Json) -> Panel:
    part = payload["trend"]
    title = findings.trend(part)
    by_count = part["measure"] == "cases"
    return Panel(
        "trend",
        title,
        draw(
            trend,
            frame("trend", title, _("A trend needs four quarters with endings.")),
            [_period(row, by_count=by_count) for row in part["rows"]],
            unit="" if by_count else "%",
        ),
        _(
            "Each point covers four quarters. A change is marked only where the intervals of two years without a common quarter do not overlap."
        ),
        Table(
            [_("Year until"), _("Share"), _("Count"), _("Change")],
            [
                [
                    row["quarter"],
                    words.share(row),
                    words.counted(row),
                    _change(row["change"]),
                ]
                for row in part["rows"]
            ],
        ),
        "trend",
        wide=True,
    )


def _change(code: str) -> str:
    return {"up": _("rose"), "down": _("fell")}.get(code, "—")


def _period(row: Json, *, by_count: bool) -> Period:
    tooltip = f"{row['quarter']}: {words.share(row)}, {words.counted(row)}"
    if by_count:
        return Period(
            row["quarter"],
            row["n"],
            tooltip=f"{row['quarter']}: {words.count(row['n'])}",
        )
    value, low, high = (
        None if row[name] is None else 100 * row[name]
        for name in ("value", "low", "high")
    )
    return Period(row["quarter"], value, low, high, tooltip, bool(row["change"]))
