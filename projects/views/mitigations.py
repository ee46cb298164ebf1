"""Pages of mitigations: planning, changing, reporting, verifying, dropping."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.choices import MitigationState
from projects.forms.mitigations import MitigationForm, PlanForm, initial_of
from projects.models import Project
from projects.permissions import can_mitigate, can_move
from projects.selectors.followups import (
    mitigations_for,
    practices_to_plan,
    suggestions_for,
)
from projects.selectors.project_page import project_for_page
from projects.services import mitigations
from projects.views.conflicts import Conflict, conflict_of
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.requests import AuthenticatedRequest
from riskbase.shared.templatetags.riskbase import localized


@login_required
@require_http_methods(["GET", "POST"])
def mitigation_create(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Plan a practice for a project; `?practice=slug` chooses it beforehand."""
    project = get_object_or_404(project_for_page(request.user), pk=pk)
    if not can_mitigate(request.user, project):
        raise PermissionDenied
    form = PlanForm(
        request.POST or None,
        initial={
            "practice": request.GET.get("practice", ""),
            "owner": project.owner_id,
        },
        project=project,
        practices=practices_to_plan(project),
    )
    if request.method == "POST" and form.is_valid():
        try:
            mitigations.plan(
                project=project,
                practice=form.cleaned_data["practice"],
                by=request.user,
                facts=form.facts(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The mitigation is planned."))
            return redirect("projects:project-mitigations", pk=project.pk)
    context = {
        "form": form,
        "title": _("Plan a mitigation"),
        "subtitle": project.name,
        "action": _("Plan it"),
        "suggestions": suggestions_for(project),
        **_surroundings(project),
    }
    return render(request, "projects/mitigation_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def mitigation_edit(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Change who does it until when."""
    mitigation = get_object_or_404(mitigations_for(request.user), pk=pk)
    project = mitigation.project
    if not can_mitigate(request.user, project):
        raise PermissionDenied
    form: Any = MitigationForm(
        request.POST or None, initial=initial_of(mitigation), project=project
    )
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            mitigations.change(
                mitigation=mitigation,
                by=request.user,
                facts=form.facts(),
                expected_version=form.cleaned_data["version"],
            )
        except EditConflict as clash:
            conflict = conflict_of(form, initial_of(clash.current))
            form = conflict.form
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("projects:project-mitigations", pk=project.pk)
    context = {
        "form": form,
        "conflict": conflict,
        "title": localized(mitigation.practice.title),
        "subtitle": _("Mitigation of %(name)s") % {"name": project.name},
        "action": _("Save my version") if conflict else _("Save"),
        **_surroundings(project),
    }
    return render(request, "projects/mitigation_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def mitigation_state(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask before a step (`to`), and take it when posted."""
    mitigation = get_object_or_404(mitigations_for(request.user), pk=pk)
    state = request.POST.get("to") or request.GET.get("to", "")
    if state not in MitigationState.values:
        raise Http404
    if not can_move(request.user, mitigation, state):
        raise PermissionDenied
    home = reverse("projects:project-mitigations", args=[mitigation.project_id])
    if request.method == "POST":
        try:
            mitigations.move(
                mitigation=mitigation, state=state, by=request.user, at=timezone.now()
            )
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        return redirect(home)
    context = {
        "mitigation": mitigation,
        "state": state,
        "is_danger": state == MitigationState.DROPPED,
        **_words(state),
        **_surroundings(mitigation.project),
    }
    return render(request, "projects/mitigation_confirm.html", context)


def _words(state: str) -> dict[str, str]:
    """Return title, text and action of the question before a step."""
    texts = {
        "implemented": (
            _("Report it as implemented?"),
            _(
                "It lowers the current risk once somebody other than its owner verifies."
            ),
            _("Report as implemented"),
        ),
        "verified": (
            _("Verify this mitigation?"),
            _("You confirm that it is in place and works. It then lowers the risk."),
            _("Verify"),
        ),
        "dropped": (
            _("Drop this mitigation?"),
            _("It no longer counts for the target risk. It can be planned again."),
            _("Drop it"),
        ),
        "planned": (
            _("Put it back to planned?"),
            _("It counts for the target risk, and not yet as done."),
            _("Plan again"),
        ),
    }
    return dict(zip(("title", "text", "action"), texts[state], strict=True))


def _surroundings(project: Project) -> dict[str, Any]:
    home = reverse("projects:project-mitigations", args=[project.pk])
    return {
        "project": project,
        "cancel": home,
        "parents": [
            (reverse("projects:project-list"), _("Projects")),
            (reverse("projects:project-detail", args=[project.pk]), project.name),
            (home, _("Mitigations")),
        ],
    }
