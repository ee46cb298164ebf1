"""Numbers and names in the reader's words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from failures.choices import Stage
from projects.choices import OutcomeKind, Tier
from riskbase.shared.templatetags.riskbase import interval, localized, percent, rounded

Json = Mapping[str, Any]
WITHHELD = "✱"
STAGES = dict(Stage.choices)
OUTCOMES = dict(OutcomeKind.choices)
TIERS = dict(Tier.choices)


def reason(code: str | None) -> str:
    """Say why a number is not shown."""
    if code == "small_cell":
        return _("withheld: small numbers")
    if code == "no_denominator":
        return _("no rate: cases have no denominator")
    return _("no data yet") if code == "no_data" else ""


def share(measure: Json) -> str:
    """Return '23 % (11–38 %)', or why not."""
    if measure["value"] is None:
        return reason(measure["reason"])
    return f"{percent(measure['value'])} ({interval(measure['low'], measure['high'])})"


def count(value: int | None) -> str:
    """Return a count; a withheld one need not be small, so it is only a mark."""
    return WITHHELD if value is None else rounded(value, 0)


def counted(measure: Json) -> str:
    """Return '9 of 41'."""
    values = {"count": count(measure["count"]), "n": count(measure["n"])}
    return _("%(count)s of %(n)s") % values


def stage(code: str) -> str:
    return str(STAGES.get(code, code))


def outcome(code: str) -> str:
    return str(OUTCOMES.get(code) or _("Not recorded"))


def tier(code: str) -> str:
    return str(TIERS.get(code) or _("Not assessed"))


def cause(slug: str, titles: Mapping[str, Any]) -> str:
    return localized(titles.get(slug, slug))


def days(value: float | None) -> str:
    return "—" if value is None else rounded(value, 0)
