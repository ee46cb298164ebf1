"""Titles of charts: each states what the chart found."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.views import words
from riskbase.shared.templatetags.riskbase import percent

Json = Mapping[str, Any]
Titles = Mapping[str, Any]
MOST = 0.8


def failure_rate(payload: Json) -> str:
    """Say how many projects fail."""
    found = payload["failure_rate"]
    if found["value"] is None:
        return _("The failure rate cannot be shown yet")
    return _("%(share)s of %(n)s closed projects failed") % {
        "share": percent(found["value"]),
        "n": found["n"],
    }


def base_rates(rows: list[Json], titles: Titles, *, cases: bool) -> str:
    """Name the cause that occurs most often."""
    known = [row for row in rows if row["value"]]
    if not known:
        return _("No cause is known often enough to be shown")
    top = max(known, key=lambda row: row["value"])
    values = {
        "cause": words.cause(top["cause"], titles),
        "share": percent(top["value"]),
        "n": top["n"],
    }
    if cases:
        return _("%(cause)s is coded most often: in %(share)s of %(n)s cases") % values
    return _("%(cause)s hits most often: %(share)s of %(n)s closed projects") % values


def pareto(part: Json) -> str:
    """Say how few causes make most of it."""
    summed = [row["cumulative"] for row in part["rows"] if row["cumulative"]]
    enough = [index for index, total in enumerate(summed, 1) if total >= MOST]
    if not enough:
        return _("No few causes stand out that can be shown")
    values = {"count": enough[0], "share": percent(summed[enough[0] - 1])}
    return (
        ngettext(
            "%(count)s cause makes %(share)s of the failures",
            "%(count)s causes make %(share)s of the failures",
            enough[0],
        )
        % values
    )


def stage_matrix(part: Json) -> str:
    """Say how many failures were noticed late."""
    if part["escaped"]["value"] is None:
        return _("Where failures begin and where they are noticed")
    return _("%(share)s of failures were noticed in a later stage than they began") % {
        "share": percent(part["escaped"]["value"])
    }


def trend(part: Json) -> str:
    """Say whether anything changed beyond chance."""
    if part["measure"] == "cases":
        return _("Cases by the quarter of the failure, rolling year")
    if not any(row["value"] is not None for row in part["rows"]):
        return _("No trend yet: it needs a year of closed projects")
    changes = [row for row in part["rows"] if row["change"]]
    if not changes:
        return _("No change of the failure rate beyond chance")
    last = changes[-1]
    when = {"quarter": last["quarter"]}
    if last["change"] == "up":
        return _("The failure rate rose beyond chance by %(quarter)s") % when
    return _("The failure rate fell beyond chance by %(quarter)s") % when


def escape_time(part: Json) -> str:
    """Say how long failures stay unnoticed."""
    found = part["introduced"]
    if found["median_days"] is None:
        return _("How long failures stay unnoticed")
    return _("Half of the failures stayed unnoticed for %(days)s days or longer") % {
        "days": words.days(found["median_days"])
    }


def entries(counts: Mapping[str, int]) -> str:
    """Name the stage in which most known causes act."""
    if not any(counts.values()):
        return _("No taxonomy is loaded")
    top = max(counts, key=lambda stage: counts[stage])
    return _("Most known causes act in one stage: %(stage)s") % {
        "stage": words.stage(top)
    }


def robustness(found: Json) -> str:
    """Say how much of it is a want of robustness."""
    if found["value"] is None:
        return _("The share of robustness cannot be shown yet")
    return _("%(share)s of coded causes are a want of robustness") % {
        "share": percent(found["value"])
    }
