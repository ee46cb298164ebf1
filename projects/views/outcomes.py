"""Pages of outcomes: recording one, and the post-mortem of a failure."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from failures.models import Postmortem
from projects.choices import OutcomeKind
from projects.forms.outcomes import LinkForm, OutcomeForm, outcome_initial
from projects.models import Outcome, Project
from projects.permissions import can_log_postmortem, can_record_outcome
from projects.selectors.followups import linkable_postmortems, outcomes_for
from projects.selectors.project_page import NEEDS_POSTMORTEM, project_for_page
from projects.services import outcomes
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest

FIRST_STEP = "intended"
"""Where the guided form of a post-mortem begins."""


@login_required
@require_http_methods(["GET", "POST"])
def outcome_create(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how the project ended or stands."""
    project = get_object_or_404(project_for_page(request.user), pk=pk)
    if not can_record_outcome(request.user, project):
        raise PermissionDenied
    now = timezone.now()
    form = OutcomeForm(
        request.POST or None,
        initial=outcome_initial(project, timezone.localdate(now)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            outcome = outcomes.record(
                project=project, by=request.user, at=now, **form.facts()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _recorded(request, project, outcome)
    context = {
        "form": form,
        "project": project,
        "parents": _parents(project),
        "cancel": reverse("projects:project-detail", args=[project.pk]),
    }
    return render(request, "projects/outcome_form.html", context)


def _recorded(
    request: AuthenticatedRequest, project: Project, outcome: Outcome
) -> HttpResponse:
    """Say what follows; after a failure the post-mortem is the next page."""
    if outcome.kind == OutcomeKind.STILL_RUNNING:
        messages.success(request, _("Noted: the project goes on."))
    else:
        messages.success(request, _("The outcome is recorded."))
    explains = (
        outcome.kind in NEEDS_POSTMORTEM
        and outcome.postmortem_id is None
        and can_log_postmortem(request.user, project)
    )
    if explains:
        return redirect("projects:outcome-postmortem", pk=outcome.pk)
    return redirect("projects:project-outcome", pk=project.pk)


@login_required
@require_http_methods(["GET", "POST"])
def outcome_postmortem(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin the post-mortem of a failure, or link one that exists."""
    outcome = get_object_or_404(outcomes_for(request.user), pk=pk)
    project = outcome.project
    if not can_log_postmortem(request.user, project):
        raise PermissionDenied
    records = linkable_postmortems(project, request.user)
    is_link = request.POST.get("act") == "link"
    form = LinkForm(request.POST if is_link else None, records=records)
    if request.method == "POST" and (not is_link or form.is_valid()):
        try:
            return _explained(request, outcome, form if is_link else None)
        except DomainError as refusal:
            if is_link:
                form.refuse(refusal)
            else:
                messages.error(request, str(refusal.message))
                return redirect("projects:project-outcome", pk=project.pk)
    context = {
        "form": form,
        "outcome": outcome,
        "project": project,
        "has_records": records.exists(),
        "parents": _parents(project),
    }
    return render(request, "projects/outcome_postmortem.html", context)


def _explained(
    request: AuthenticatedRequest, outcome: Outcome, form: LinkForm | None
) -> HttpResponse:
    if form is None:
        draft = outcomes.start_postmortem(outcome=outcome, by=request.user)
        return redirect(_writing_path(draft))
    outcomes.link_postmortem(
        outcome=outcome, postmortem=form.cleaned_data["postmortem"], by=request.user
    )
    messages.success(request, _("The post-mortem is linked."))
    return redirect(_home(outcome))


def _writing_path(draft: Postmortem) -> str:
    return reverse("failures:postmortem-edit", args=[draft.pk, FIRST_STEP])


def _home(outcome: Outcome) -> str:
    return reverse("projects:project-outcome", args=[outcome.project_id])


def _parents(project: Project) -> list[tuple[str, Any]]:
    return [
        (reverse("projects:project-list"), _("Projects")),
        (reverse("projects:project-detail", args=[project.pk]), project.name),
    ]
