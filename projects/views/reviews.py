"""The review page, what waits for a reviewer, and the decision."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.choices import DISCUSSED, UNDER_REVIEW
from projects.forms.reviews import AskForm
from projects.models import Assessment
from projects.permissions import can_judge
from projects.selectors.approval import missing_for_approval
from projects.selectors.filling import filling_of
from projects.selectors.gates import fired_gates, gate_standings
from projects.selectors.review_page import review_page
from projects.selectors.reviews import review_summary, titled, waiting_for
from projects.services import decisions
from projects.views.assessments import NEWEST, readable
from projects.views.review_guidance import next_step, rights_for
from riskbase.shared.errors import DomainError
from riskbase.shared.keyset import BadCursor, paginate
from riskbase.shared.requests import AuthenticatedRequest

DIGITS = 9
"""Of a version that a form sends; more are none."""


@dataclass(frozen=True)
class Fault:
    """What a service refused: shown at the form it came from, with what was typed."""

    form: str
    refusal: DomainError
    text: str = ""

    @property
    def sentences(self) -> list[str]:
        """Each thing that is wrong, in words."""
        return list(getattr(self.refusal, "missing", [str(self.refusal.message)]))


@login_required
@require_safe
def assessment_review(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show every question, its answer, what changed, and what people say of it."""
    return shown(request, readable(request, pk))


@login_required
@require_safe
def assessment_review_list(request: AuthenticatedRequest) -> HttpResponse:
    """Show the verdicts the person is asked for, the newest first."""
    try:
        page = paginate(
            waiting_for(request.user),
            ordering=NEWEST,
            cursor=request.GET.get("cursor"),
            size=25,
        )
    except BadCursor:
        return redirect("projects:assessment-review-list")
    context = {"page": page, "waiting": titled(page.items)}
    return render(request, "projects/assessment_review_list.html", context)


@login_required
@require_POST
def assessment_decide(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Send back, approve or reject what stands under review."""
    assessment = readable(request, pk)
    if not can_judge(request.user, assessment):
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act not in DECISIONS:
        raise Http404
    try:
        _decided(act, assessment, request)
    except DomainError as refusal:
        text = request.POST.get("note", "")
        return shown(request, assessment, fault=Fault(act, refusal, text))
    messages.success(request, DECISIONS[act]())
    return redirect("projects:assessment-result", pk=pk)


DECISIONS = {
    "request-changes": lambda: _("Sent back. Those who assess see what should change."),
    "approve": lambda: _("Approved."),
    "reject": lambda: _("Rejected."),
}
"""Act -> what is said after it."""


def _decided(act: str, assessment: Assessment, request: AuthenticatedRequest) -> None:
    sent = request.POST
    note = sent.get("note", "")
    common: dict[str, Any] = {
        "assessment": assessment,
        "by": request.user,
        "expected_version": version_in(sent.get("version", "")),
    }
    if act == "request-changes":
        question = sent.get("question", "")
        decisions.request_changes(question=question, text=note, **common)
    elif act == "approve":
        decisions.approve(at=timezone.now(), note=note, **common)
    else:
        decisions.reject(at=timezone.now(), note=note, **common)


def version_in(sent: str) -> int | None:
    """Return the version a form was filled in against; None: whatever it is."""
    return int(sent) if sent.isdecimal() and len(sent) <= DIGITS else None


def shown(
    request: AuthenticatedRequest,
    assessment: Assessment,
    *,
    fault: Fault | None = None,
    form: AskForm | None = None,
) -> HttpResponse:
    """Return the review page; a `fault` or a faulty `form` stands in it, with 422."""
    assessment.refresh_from_db(fields=["state", "version"])
    today = timezone.localdate()
    rights = rights_for(request.user, assessment)
    decides = rights.judge and assessment.state in UNDER_REVIEW
    summary = review_summary(assessment)
    context = {
        "assessment": assessment,
        "page": review_page(filling_of(assessment)),
        "rights": rights,
        "advice": next_step(assessment, request.user, rights, summary),
        "gates": gate_standings(assessment, fired_gates(assessment), today),
        "missing": missing_for_approval(assessment, today) if decides else [],
        "talks_on": rights.discuss and assessment.state in DISCUSSED,
        "asks": rights.ask and assessment.state in DISCUSSED,
        "decides": decides,
        "form": form or AskForm(assessment=assessment),
        "fault": fault,
    }
    status = 422 if fault or (form and form.errors) else 200
    return render(request, "projects/assessment_review.html", context, status=status)
