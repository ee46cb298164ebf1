"""Acts on the review page: asking reviewers, verdicts, conversations."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.choices import ReviewVerdict
from projects.forms.reviews import AskForm
from projects.models import Assessment, Thread
from projects.permissions import (
    can_discuss,
    can_give_verdict,
    can_judge,
    can_review,
    can_settle,
)
from projects.selectors.reviews import reviews_for, section_titles, threads_for
from projects.services import reviews, threads
from projects.views.assessments import readable
from projects.views.reviews import Fault, shown, version_in
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_POST
def reviewer_ask(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask a reviewer about sections, or about all of it."""
    assessment = readable(request, pk)
    if not can_review(request.user, assessment.project):
        raise PermissionDenied
    form = AskForm(request.POST, assessment=assessment)
    if form.is_valid():
        try:
            reviews.assign(
                assessment=assessment,
                reviewer=form.cleaned_data["reviewer"],
                sections=form.cleaned_data["sections"],
                by=request.user,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The reviewer is asked."))
            return redirect(_page(assessment, "reviewers"))
    return shown(request, assessment, form=form)


@login_required
@require_POST
def reviewer_relieve(
    request: AuthenticatedRequest, pk: uuid.UUID, review: uuid.UUID
) -> HttpResponse:
    """Ask a reviewer no longer."""
    row = get_object_or_404(reviews_for(request.user), pk=review, assessment=pk)
    if not can_review(request.user, row.assessment.project):
        raise PermissionDenied
    try:
        reviews.relieve(review=row, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect(_page(row.assessment, "reviewers"))


@login_required
@require_POST
def review_verdict(
    request: AuthenticatedRequest, pk: uuid.UUID, review: uuid.UUID
) -> HttpResponse:
    """Keep what the reviewer who was asked says of a section."""
    row = get_object_or_404(reviews_for(request.user), pk=review, assessment=pk)
    if not can_give_verdict(request.user, row):
        raise PermissionDenied
    verdict, note = request.POST.get("verdict", ""), request.POST.get("note", "")
    if verdict not in ReviewVerdict.values:
        raise Http404
    try:
        reviews.give_verdict(
            review=row,
            verdict=verdict,
            note=note,
            by=request.user,
            at=timezone.now(),
            expected_version=version_in(request.POST.get("version", "")),
        )
    except DomainError as refusal:
        fault = Fault(f"verdict-{row.pk}", refusal, note)
        return shown(request, row.assessment, fault=fault)
    messages.success(request, _("Your verdict is kept."))
    return redirect(_page(row.assessment, "reviewers"))


@login_required
@require_POST
def thread_open(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin to talk about a question; a reviewer may ask for a change."""
    assessment = readable(request, pk)
    asks_change = request.POST.get("act") == "ask"
    right = can_judge if asks_change else can_discuss
    if not right(request.user, assessment):
        raise PermissionDenied
    question, text = request.POST.get("question", ""), request.POST.get("text", "")
    try:
        threads.open_thread(
            assessment=assessment,
            question=question,
            text=text,
            by=request.user,
            asks_change=asks_change,
        )
    except DomainError as refusal:
        return shown(
            request, assessment, fault=Fault(f"open-{question}", refusal, text)
        )
    return redirect(_back(request, assessment, question))


@login_required
@require_POST
def thread_act(
    request: AuthenticatedRequest, pk: uuid.UUID, thread: uuid.UUID
) -> HttpResponse:
    """Reply, resolve, reopen, ask for a change or no longer."""
    row = get_object_or_404(threads_for(request.user), pk=thread, assessment=pk)
    act, text = request.POST.get("act", "reply"), request.POST.get("text", "")
    if not _may(act, request, row):
        raise PermissionDenied
    try:
        _act(act, row, text, request)
    except DomainError as refusal:
        fault = Fault(f"talk-{row.pk}", refusal, text)
        return shown(request, row.assessment, fault=fault)
    return redirect(_back(request, row.assessment, row.question))


def _may(act: str, request: AuthenticatedRequest, row: Thread) -> bool:
    user = request.user
    if act in {"ask", "waive"}:
        return can_judge(user, row.assessment)
    if act in {"resolve", "reopen"}:
        return can_settle(user, row)
    return can_discuss(user, row.assessment)


def _act(act: str, row: Thread, text: str, request: AuthenticatedRequest) -> None:
    common: dict[str, Any] = {"thread": row, "by": request.user, "text": text}
    if act in {"ask", "waive"}:
        threads.ask_change(wanted=act == "ask", **common)
    elif act == "resolve":
        threads.resolve(at=timezone.now(), **common)
    elif act == "reopen":
        threads.reopen(**common)
    else:
        threads.comment(**common)


def _page(assessment: Assessment, anchor: str) -> str:
    return f"{reverse('projects:assessment-review', args=[assessment.pk])}#{anchor}"


def _back(request: AuthenticatedRequest, assessment: Assessment, question: str) -> str:
    """Return to the question where it was talked about: in the intake, or here."""
    section = request.POST.get("section", "")
    if assessment.is_open and section in section_titles(assessment):
        path = reverse("projects:assessment-section", args=[assessment.pk, section])
        return f"{path}#q-{question}"
    return _page(assessment, f"q-{question}")
