"""Pages of what-if: scenarios side by side, writing one, the smallest change."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from projects.forms.answers import entries_from
from projects.forms.scenarios import ScenarioForm
from projects.models import Assessment, Scenario
from projects.permissions import can_imagine
from projects.selectors.grounds import Ground, ground_of
from projects.selectors.imagining import Imagining, entries_of, imagining
from projects.selectors.next_steps import MOST, remedy_for, telling_for
from projects.selectors.what_if import columns_of, rows_of, scenarios_of, today
from projects.services import scenarios
from projects.views.assessments import readable
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest

USUAL = 3
"""Questions to answer together, unless asked for more or fewer."""


def grounded(request: AuthenticatedRequest, pk: uuid.UUID) -> Ground:
    """Return what a what-if starts from. Raises Http404 without a result to read."""
    ground = ground_of(readable(request, pk))
    if ground is None:
        raise Http404
    return ground


def imaginable(request: AuthenticatedRequest, pk: uuid.UUID) -> Ground:
    """Return the ground to who may write scenarios on it."""
    ground = grounded(request, pk)
    if not can_imagine(request.user, ground.assessment):
        raise PermissionDenied
    return ground


@login_required
@require_safe
def assessment_what_if(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show all scenarios beside today's result.

    The search for next steps may take a second: it is asked for apart, or by `steps`.
    """
    ground = grounded(request, pk)
    saved = list(scenarios_of(ground.assessment))
    columns = [today(ground), *columns_of(ground, saved)]
    context = {
        "assessment": ground.assessment,
        "columns": columns,
        "rows": rows_of(columns),
        "can_imagine": can_imagine(request.user, ground.assessment),
    }
    if {"steps", "count"} & request.GET.keys():
        context |= _next_steps(request, ground)
    return render(request, "projects/assessment_what_if.html", context)


@login_required
@require_safe
def assessment_next_steps(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Return the smallest change and the questions that tell most, as a fragment."""
    ground = grounded(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("projects:assessment-what-if", pk=pk)
    return render(request, "projects/_next_steps.html", _next_steps(request, ground))


def _next_steps(request: AuthenticatedRequest, ground: Ground) -> dict[str, Any]:
    asked = request.GET.get("count", "")
    count = int(asked) if asked in {str(n) for n in range(1, MOST + 1)} else USUAL
    return {
        "assessment": ground.assessment,
        "remedy": remedy_for(ground),
        "telling": telling_for(ground, count),
        "count": count,
        "counts": range(1, MOST + 1),
        "can_imagine": can_imagine(request.user, ground.assessment),
    }


@login_required
@require_POST
def scenario_smallest(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the smallest change as a scenario."""
    ground = imaginable(request, pk)
    remedy = remedy_for(ground)
    if remedy is None or remedy.column is None:
        raise Http404
    try:
        scenarios.create(
            assessment=ground.assessment,
            name=_("Smallest change"),
            entries=remedy.entries,
            practices=[practice.slug for practice in remedy.practices],
            by=request.user,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect(_table(pk))


@login_required
@require_http_methods(["GET", "POST"])
def scenario_create(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Write a new scenario."""
    return _written(request, imaginable(request, pk), None)


@login_required
@require_http_methods(["GET", "POST"])
def scenario_edit(
    request: AuthenticatedRequest, pk: uuid.UUID, scenario: uuid.UUID
) -> HttpResponse:
    """Change a scenario."""
    ground = imaginable(request, pk)
    row = get_object_or_404(scenarios_of(ground.assessment), pk=scenario)
    return _written(request, ground, row)


@login_required
@require_http_methods(["GET", "POST"])
def scenario_delete(
    request: AuthenticatedRequest, pk: uuid.UUID, scenario: uuid.UUID
) -> HttpResponse:
    """Delete a scenario, after asking."""
    ground = imaginable(request, pk)
    row = get_object_or_404(scenarios_of(ground.assessment), pk=scenario)
    if request.method == "POST":
        scenarios.delete(scenario=row, by=request.user)
        messages.success(request, _("The scenario is deleted."))
        return redirect(_table(pk))
    context = {"assessment": ground.assessment, "scenario": row}
    return render(request, "projects/scenario_delete.html", context)


def _written(
    request: AuthenticatedRequest, ground: Ground, scenario: Scenario | None
) -> HttpResponse:
    """Show the form; a post saves, or only shows what it would lead to."""
    initial = (
        {"name": scenario.name, "practices": scenario.practices} if scenario else {}
    )
    is_sent = request.method == "POST"
    form = ScenarioForm(
        request.POST if is_sent else None, ground=ground, initial=initial
    )
    entries = entries_of(ground, scenario)
    if is_sent:
        entries |= entries_from(ground.plan.questions, request.POST)
    found = imagining(ground, entries, form.chosen)
    if request.htmx:  # type: ignore[attr-defined]
        context = _context(ground, scenario, form, found)
        return render(request, "projects/_scenario_answers.html", context)
    if is_sent and "preview" not in request.POST and form.is_valid():
        if found.is_refused:
            form.add_error(None, _("Some answers do not fit; they are marked below."))
        elif _saved(request, ground.assessment, scenario, form, entries):
            return redirect(_table(ground.assessment.pk))
    context = _context(ground, scenario, form, found)
    status = 422 if is_sent and form.errors and "preview" not in request.POST else 200
    return render(request, "projects/scenario_form.html", context, status=status)


def _saved(
    request: AuthenticatedRequest,
    assessment: Assessment,
    scenario: Scenario | None,
    form: ScenarioForm,
    entries: dict[str, Any],
) -> bool:
    said = form.cleaned_data
    try:
        if scenario is None:
            scenarios.create(
                assessment=assessment,
                name=said["name"],
                entries=entries,
                practices=said["practices"],
                by=request.user,
            )
        else:
            scenarios.change(
                scenario=scenario,
                name=said["name"],
                entries=entries,
                practices=said["practices"],
                by=request.user,
            )
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("The scenario is saved."))
    return True


def _context(
    ground: Ground, scenario: Scenario | None, form: ScenarioForm, found: Imagining
) -> dict[str, Any]:
    pk = ground.assessment.pk
    action = (
        reverse("projects:scenario-edit", args=[pk, scenario.pk])
        if scenario
        else reverse("projects:scenario-create", args=[pk])
    )
    return {
        "assessment": ground.assessment,
        "scenario": scenario,
        "form": form,
        "imagining": found,
        "action": action,
        "cancel": _table(pk),
    }


def _table(pk: uuid.UUID) -> str:
    return reverse("projects:assessment-what-if", args=[pk])
