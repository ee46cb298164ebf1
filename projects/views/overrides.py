"""Pages of exceptions from gates: asking for one, and deciding on it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.choices import OverrideState
from projects.forms.reviews import OverrideForm
from projects.permissions import (
    can_decide_override,
    can_request_override,
    can_withdraw_override,
)
from projects.selectors.gates import fired_gates, gate_standings, overrides_for
from projects.services import overrides
from projects.views.assessments import readable
from projects.views.reviews import version_in
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def assessment_override(
    request: AuthenticatedRequest, pk: uuid.UUID, gate: str
) -> HttpResponse:
    """Ask for an exception from a gate that holds."""
    assessment = readable(request, pk)
    today = timezone.localdate()
    standings = gate_standings(assessment, fired_gates(assessment), today)
    standing = next((one for one in standings if one.code == gate), None)
    if standing is None:
        raise Http404
    if not can_request_override(request.user, assessment):
        raise PermissionDenied
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            overrides.request(
                assessment=assessment,
                gate=gate,
                by=request.user,
                today=today,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The exception waits for approval."))
            return redirect(_gates(pk))
    context = {"assessment": assessment, "gate": standing, "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/assessment_override.html", context, status=status)


@login_required
@require_POST
def override_decide(
    request: AuthenticatedRequest, pk: uuid.UUID, override: uuid.UUID
) -> HttpResponse:
    """Approve, refuse or withdraw an exception."""
    row = get_object_or_404(overrides_for(request.user), pk=override, assessment=pk)
    state = request.POST.get("state", "")
    is_withdrawal = state == OverrideState.WITHDRAWN
    right = can_withdraw_override if is_withdrawal else can_decide_override
    if not right(request.user, row):
        raise PermissionDenied
    if state not in overrides.ACTS:
        raise Http404
    try:
        overrides.ACTS[state](
            override=row,
            by=request.user,
            at=timezone.now(),
            note=request.POST.get("note", ""),
            expected_version=version_in(request.POST.get("version", "")),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect(_gates(pk))


def _gates(pk: uuid.UUID) -> str:
    return reverse("projects:assessment-result", args=[pk]) + "#alarms"
