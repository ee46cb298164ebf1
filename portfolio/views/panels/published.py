"""The section about figures from the literature."""

from django.utils.translation import gettext as _

from portfolio.views.panels.frame import Json, Panel, Table, draw, frame
from riskbase.shared.charts.bars import Bar, bars
from riskbase.shared.templatetags.riskbase import localized


def is_percent(row: Json) -> bool:
    return row["value"] is not None and row["unit"].get("en") == "%"


def published_bar(row: Json) -> Bar:
    text = f"{row['value']:g} %"
    if row["n"]:
        text += f", n = {row['n']}"
    return Bar(
        localized(row["statement"]),
        row["value"],
        text,
        row["value_low"],
        row["value_high"],
    )


def published(payload: Json) -> Panel:
    rows = [row for row in payload["published_rates"] if is_percent(row)]
    trusted = [row for row in rows if row["reliability"] in {"strong", "moderate"}]
    title = _("What others have measured")
    return Panel(
        "published",
        title,
        draw(
            bars,
            frame("published", title),
            [published_bar(row) for row in trusted[:8]],
            unit="%",
            maximum=100,
        ),
        _(
            "Figures from the literature of strong or moderate reliability, beside our own and never averaged in."
        ),
        Table(
            [_("Statement"), _("Value"), _("n"), _("Year"), _("Source")],
            [
                [
                    localized(row["statement"]),
                    f"{row['value']:g} {localized(row['unit'])}"
                    if row["value"] is not None
                    else "—",
                    str(row["n"] or "—"),
                    str(row["year"] or "—"),
                    row["source"],
                ]
                for row in payload["published_rates"]
            ],
        ),
        "base-rates",
    )
