"""The first page: where the portfolio stands, or how to begin."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import may_somewhere
from accounts.roles import Permission
from portfolio.models import Population, Snapshot
from portfolio.selectors.dashboard import (
    Event,
    Standing,
    latest_changes,
    placed_projects,
    standing_of,
)
from portfolio.selectors.statistics import cause_titles, snapshot_for
from portfolio.views import words
from portfolio.views.overview import cause_chart, project_matrix
from portfolio.views.panels.frame import Titles
from projects.choices import Tier
from projects.models import Project
from riskbase.shared.requests import AuthenticatedRequest
from riskbase.shared.templatetags.riskbase import interval, percent

RISKIEST = 5
ADDRESSES = {
    "assessment": "projects:project-assessments",
    "outcome": "projects:project-outcome",
    "postmortem": "failures:postmortem-detail",
}


@dataclass(frozen=True)
class Change:
    """A line of the latest changes."""

    event: Event
    href: str
    text: str


@login_required
@require_safe
def dashboard(request: AuthenticatedRequest) -> HttpResponse:
    """Show the visible portfolio; with no projects yet, the way in."""
    user = request.user
    standing = standing_of(user, timezone.localdate())
    cases = snapshot_for(user, Population.CASES)
    titles = cause_titles()
    context: dict[str, Any] = {
        "standing": standing,
        "cases": _case_base(cases, titles),
        "can_create": may_somewhere(user, Permission.CREATE_PROJECT),
        "can_log": may_somewhere(user, Permission.LOG_POSTMORTEM),
    }
    if not standing.projects:
        return render(request, "portfolio/welcome.html", context)
    context |= _portfolio(user, standing, titles)
    return render(request, "portfolio/dashboard.html", context)


def _portfolio(user: User, standing: Standing, titles: Titles) -> dict[str, Any]:
    snapshot = snapshot_for(user, Population.PORTFOLIO)
    projects = placed_projects(user)
    return {
        "snapshot": snapshot,
        "failure": _failure_tile(snapshot),
        "coverage": _coverage_tile(snapshot),
        "matrix": project_matrix(projects),
        "placed": projects,
        "riskiest": sorted(projects, key=_urgency, reverse=True)[:RISKIEST],
        "causes": cause_chart(snapshot, titles, "dashboard-causes"),
        "tiers": [(tier, standing.tiers[tier]) for tier in reversed(standing.tiers)],
        "changes": [_change(event) for event in latest_changes(user)],
        "contains_demo": bool(snapshot and snapshot.payload.get("contains_demo")),
    }


def _urgency(project: Project) -> tuple[int, Decimal]:
    """Order by tier, then by likelihood."""
    tier = Tier.values.index(project.current_tier) if project.current_tier else -1
    return tier, project.current_point or Decimal(0)


def _case_base(snapshot: Snapshot | None, titles: Titles) -> dict[str, Any] | None:
    if snapshot is None or not snapshot.payload.get("n"):
        return None
    return {
        "snapshot": snapshot,
        "n": snapshot.payload["n"],
        "chart": cause_chart(snapshot, titles, "case-causes"),
    }


def _failure_tile(snapshot: Snapshot | None) -> dict[str, str]:
    """Return the failure rate with its interval, or why there is none."""
    if snapshot is None:
        return {"reason": _("Not computed yet")}
    found = snapshot.payload["failure_rate"]
    if found["value"] is None:
        return {
            "reason": words.reason(found["reason"]).capitalize(),
            "note": _("Record how projects ended, successes too."),
        }
    note = _("%(interval)s, %(counted)s closed projects") % {
        "interval": interval(found["low"], found["high"]),
        "counted": words.counted(found),
    }
    return {"value": percent(found["value"]), "note": note}


def _coverage_tile(snapshot: Snapshot | None) -> dict[str, str]:
    """Return closed out of due."""
    if snapshot is None:
        return {"reason": _("Not computed yet")}
    found = snapshot.payload["failure_rate"]
    coverage = found["coverage"]
    if coverage["value"] is None:
        return {"reason": words.reason(coverage["reason"]).capitalize()}
    note = _("%(counted)s due projects have an outcome") % {
        "counted": words.counted(coverage)
    }
    kind = "warning" if found["coverage_is_low"] else ""
    return {"value": percent(coverage["value"]), "note": note, "kind": kind}


def _change(event: Event) -> Change:
    texts = {
        "assessment": _("Assessed: %(detail)s"),
        "outcome": _("Outcome: %(detail)s"),
        "postmortem": _("Post-mortem %(detail)s published"),
    }
    detail = words.tier(event.detail) if event.kind == "assessment" else event.detail
    return Change(
        event,
        reverse(ADDRESSES[event.kind], args=list(event.href_args)),
        texts[event.kind] % {"detail": detail},
    )
