"""Sections about the causes behind the endings."""

from django.utils.translation import gettext as _

from portfolio.views import findings, words
from portfolio.views.panels.frame import (
    Json,
    Panel,
    Table,
    Titles,
    bar,
    draw,
    frame,
    whiskers,
)
from riskbase.shared.charts.bars import Bar, bars
from riskbase.shared.charts.pareto import pareto
from riskbase.shared.charts.svg import Key
from riskbase.shared.templatetags.riskbase import interval, percent


def base_rates(payload: Json, titles: Titles) -> Panel:
    part = payload["base_rates"]
    cases = part["measure"] == "share"
    top = [row for row in part["rows"] if row["parent"] is None]
    shown = sorted(top, key=lambda row: -(row["value"] or 0))
    some = part["n"] != 0
    title = findings.base_rates(top, titles, cases=cases)
    chart = draw(
        bars,
        frame("base-rates", title),
        [bar(words.cause(row["cause"], titles), row) for row in shown if some],
        unit="%",
        keys=whiskers(),
    )
    caption = (
        _(
            "Shares among %(n)s coded cases, not rates: the case base is no random sample."
        )
        if cases
        else _(
            "Of %(n)s closed projects; a project with two causes counts for both. Wilson interval."
        )
    )
    return Panel(
        "base-rates",
        title,
        chart,
        caption % {"n": words.count(part["n"])},
        Table(
            [_("Cause"), _("Share"), _("Count"), _("Pulled to the unit above")],
            [
                [
                    _indented(row, titles),
                    words.share(row),
                    words.counted(row),
                    _shrunken(row["shrunken"]),
                ]
                for row in part["rows"]
            ],
        ),
        "base-rates",
        wide=True,
    )


def _indented(row: Json, titles: Titles) -> str:
    name = words.cause(row["cause"], titles)
    return name if row["parent"] is None else f"· {name}"


def _shrunken(pulled: Json | None) -> str:
    if pulled is None:
        return "—"
    return f"{percent(pulled['value'])} ({interval(pulled['low'], pulled['high'])})"


def pareto_panel(payload: Json, titles: Titles) -> Panel:
    part, cost = payload["pareto"], payload["cost"]
    title = findings.pareto(part)
    chart = draw(
        pareto,
        frame("pareto", title),
        _parts(part, titles),
        keys=(Key("bar", _("Share")), Key("sum", _("Running sum"))),
    )
    paid = {row["cause"]: row["split_share"] for row in cost["rows"]}
    return Panel(
        "pareto",
        title,
        chart,
        _(
            "%(n)s coded records; one with two causes gives half to each. Cost is known of %(priced)s."
        )
        % {"n": words.count(part["n"]), "priced": words.count(cost["n"])},
        Table(
            [_("Cause"), _("Records"), _("Part of failures"), _("Part of cost")],
            [
                [
                    words.cause(row["cause"], titles),
                    words.counted(row),
                    percent(row["split_share"]),
                    percent(paid.get(row["cause"])),
                ]
                for row in part["rows"]
            ],
        ),
        "pareto",
    )


def _parts(part: Json, titles: Titles) -> list[Bar]:
    """Return the shown parts, and what all withheld causes make together."""
    shown = [row for row in part["rows"] if row["split_share"]]
    drawn = [
        Bar(
            words.cause(row["cause"], titles),
            100 * row["split_share"],
            percent(row["split_share"]),
        )
        for row in shown
    ]
    rest = 1 - sum(row["split_share"] for row in shown)
    if shown and len(shown) < len(part["rows"]):
        drawn.append(Bar(_("Withheld causes together"), 100 * rest, percent(rest)))
    return drawn


def escape_time(payload: Json, titles: Titles) -> Panel:
    part = payload["escape_time"]
    title = findings.escape_time(part)
    known = [
        row for row in part["introduced"]["causes"] if row["median_days"] is not None
    ]
    drawn = [
        Bar(
            words.cause(row["cause"], titles),
            row["median_days"],
            _("%(days)s days, n = %(n)s")
            % {"days": words.days(row["median_days"]), "n": row["n"]},
            row["low"],
            row["high"],
        )
        for row in sorted(known, key=lambda row: -row["median_days"])
    ]
    names = {
        "introduced": _("since it was introduced"),
        "detectable": _("since it could be seen"),
    }
    return Panel(
        "escape-time",
        title,
        draw(bars, frame("escape-time", title), drawn),
        _(
            "Median days from introduction to detection, bootstrap interval; dates known by the year alone are left out."
        ),
        Table(
            [_("Cause"), _("Counted"), _("Median days"), _("Interval"), _("n")],
            [
                [
                    words.cause(row["cause"], titles)
                    if row["cause"]
                    else _("All causes"),
                    names[since],
                    words.days(row["median_days"])
                    if row["reason"] is None
                    else words.reason(row["reason"]),
                    f"{words.days(row['low'])}–{words.days(row['high'])}",
                    words.count(row["n"]),
                ]
                for since, found in part.items()
                for row in [{**found, "cause": ""}, *found["causes"]]
            ],
            numbers=2,
        ),
        "escape-time",
    )
