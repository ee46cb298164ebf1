"""The statistics page: sections of a snapshot, its age, and the job behind it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Unit
from portfolio.exports import csv_of
from portfolio.forms import ScopeForm
from portfolio.models import Population, Snapshot
from portfolio.permissions import can_refresh
from portfolio.reports.tables import COLUMNS, rows_of
from portfolio.selectors.statistics import (
    cause_titles,
    default_population,
    refresh_under_way,
    snapshot_for,
    units_with_statistics,
)
from portfolio.services.jobs import request_refresh
from portfolio.views.gaps import gaps_of
from portfolio.views.panels.sections import panels_of
from portfolio.views.panels.sections import rows_of as laid_out
from riskbase.shared.requests import AuthenticatedRequest


def _asked_unit(request: AuthenticatedRequest) -> Unit | None:
    """Return the unit asked for; 404 unless the person sees its statistics."""
    asked = request.GET.get("unit")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(units_with_statistics(request.user), pk=key)


def _asked(request: AuthenticatedRequest) -> tuple[str, Unit | None]:
    unit = _asked_unit(request)
    population = request.GET.get("population") or (
        Population.PORTFOLIO if unit else default_population(request.user)
    )
    if population not in Population.values:
        raise Http404
    return str(population), unit if population == Population.PORTFOLIO else None


@login_required
@require_safe
def statistics(request: AuthenticatedRequest) -> HttpResponse:
    """Show the statistics of one population and unit."""
    population, unit = _asked(request)
    snapshot = snapshot_for(request.user, population, unit.pk if unit else None)
    context: dict[str, Any] = {
        "population": population,
        "unit": unit,
        "snapshot": snapshot,
        "rows": laid_out(panels_of(snapshot, cause_titles())) if snapshot else [],
        "gaps": gaps_of(snapshot),
        "form": ScopeForm(request.GET, user=request.user),
        "units_exist": units_with_statistics(request.user).exists(),
        "query": _query(population, unit),
        "job": refresh_under_way(),
        "can_refresh": can_refresh(request.user),
    }
    return render(request, "portfolio/statistics.html", context)


def _query(population: str, unit: Unit | None) -> str:
    return urlencode({"population": population, **({"unit": unit.pk} if unit else {})})


@login_required
@require_safe
def statistics_progress(request: AuthenticatedRequest) -> HttpResponse:
    """Show how far the refresh is; once it is done, say so and offer the result."""
    job = refresh_under_way()
    if job is None and not request.htmx:  # type: ignore[attr-defined]
        return redirect("portfolio:statistics")
    context = {"job": job, "was_running": True, "query": request.GET.urlencode()}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "portfolio/statistics_progress.html", context)
    return render(request, "portfolio/_progress.html", context)


@login_required
@require_POST
def statistics_refresh(request: AuthenticatedRequest) -> HttpResponse:
    """Ask for new statistics."""
    if not can_refresh(request.user):
        raise PermissionDenied
    request_refresh(by=request.user)
    messages.success(request, _("The statistics are being recomputed."))
    query = request.GET.urlencode()
    address = reverse("portfolio:statistics")
    return redirect(f"{address}?{query}" if query else address)


@login_required
@require_safe
def statistics_download(request: AuthenticatedRequest, report: str) -> HttpResponse:
    """Send the rows of one report as CSV."""
    population, unit = _asked(request)
    snapshot = snapshot_for(request.user, population, unit.pk if unit else None)
    if snapshot is None or report not in COLUMNS:
        raise Http404
    return csv_response(snapshot, report)


def csv_response(snapshot: Snapshot, report: str) -> HttpResponse:
    """Return the rows of a report as a file named after what it holds."""
    body = csv_of(COLUMNS[report], rows_of(snapshot.payload, report))
    name = f"riskbase-{snapshot.population}-{report}-{snapshot.as_of}.csv"
    return HttpResponse(
        body,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
