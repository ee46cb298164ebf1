"""Pages of assessments: list, start, task list, estimate, check, submit."""

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
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import may_somewhere
from accounts.roles import Permission
from projects.forms.answers import EstimateForm
from projects.forms.assessments import EXISTING, AssessmentFilter, StartForm
from projects.models import Assessment, Project
from projects.permissions import can_answer, can_submit
from projects.selectors.assessments import (
    check_page,
    filtered,
    task_list,
    visible_assessments,
)
from projects.selectors.filling import filling_of
from projects.selectors.preview import preview_of
from projects.selectors.project_page import project_for_page
from projects.selectors.questionnaires import in_force
from projects.selectors.reviews import waiting_questions
from projects.selectors.version_moves import left_after_move, newer_version
from projects.services import assessments, estimates
from riskbase.shared.errors import DomainError
from riskbase.shared.keyset import BadCursor, Ordering, paginate
from riskbase.shared.requests import AuthenticatedRequest

NEWEST = Ordering("-created", "pk", descending=True)


def readable(request: AuthenticatedRequest, pk: uuid.UUID) -> Assessment:
    """Return an assessment the person may read, else 404."""
    return get_object_or_404(visible_assessments(request.user), pk=pk)


def writable(request: AuthenticatedRequest, pk: uuid.UUID) -> Assessment:
    """Return a draft the person may answer, else 404 or 403."""
    assessment = readable(request, pk)
    if assessment.is_open and not can_answer(request.user, assessment):
        raise PermissionDenied
    return assessment


@login_required
@require_safe
def assessment_list(request: AuthenticatedRequest) -> HttpResponse:
    """Show the assessments the person sees, the newest first."""
    form = AssessmentFilter(request.GET, user=request.user)
    chosen = form.chosen
    try:
        page = paginate(
            filtered(visible_assessments(request.user), chosen),
            ordering=NEWEST,
            cursor=request.GET.get("cursor"),
            size=25,
        )
    except BadCursor:
        return redirect("projects:assessment-list")
    context = {
        "form": form,
        "page": page,
        "is_filtered": any(chosen.values()),
        "can_start": may_somewhere(request.user, Permission.ASSESS),
    }
    return render(request, "projects/assessment_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def assessment_start(request: AuthenticatedRequest) -> HttpResponse:
    """Choose or create a project, choose a questionnaire, begin."""
    if not may_somewhere(request.user, Permission.ASSESS):
        raise PermissionDenied
    form = StartForm(
        request.POST or None, user=request.user, project=_given_project(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            assessment = _started(form.cleaned_data, request)
        except DomainError as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None,
                str(refusal.message),
            )
        else:
            return redirect("projects:assessment-detail", pk=assessment.pk)
    context = {"form": form, "questionnaires": in_force()}
    return render(request, "projects/assessment_start.html", context)


def _given_project(request: AuthenticatedRequest) -> Project | None:
    try:
        pk = uuid.UUID(request.GET.get("project", ""))
    except ValueError:
        return None
    return project_for_page(request.user).filter(pk=pk).first()


def _started(chosen: dict[str, Any], request: AuthenticatedRequest) -> Assessment:
    if chosen["which"] == EXISTING:
        return assessments.start(
            project=chosen["project"], version=chosen["questionnaire"], by=request.user
        )
    return assessments.start_new(
        unit=chosen["unit"],
        facts={"name": chosen["name"], "sector": chosen["sector"]},
        version=chosen["questionnaire"],
        by=request.user,
    )


@login_required
@require_safe
def assessment_detail(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the sections with what is left; a submitted one shows its result."""
    assessment = readable(request, pk)
    if not assessment.is_open:
        return redirect("projects:assessment-result", pk=pk)
    filling = filling_of(assessment)
    context = {
        "assessment": assessment,
        "tasks": task_list(filling, waiting_questions(assessment)),
        "preview": preview_of(filling),
        "newer": newer_version(assessment),
        "again": left_after_move(assessment),
        "carried": any(row.carried_from_id for row in filling.answers.values()),
        "can_answer": can_answer(request.user, assessment),
    }
    return render(request, "projects/assessment_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def assessment_estimate(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for the person's own guess before they see a result; it may be skipped."""
    assessment = writable(request, pk)
    section = request.GET.get("section", "")
    onward = _after_estimate(assessment, section)
    if assessment.shows_result:
        return redirect(onward)
    skips = "skip" in request.POST
    form = EstimateForm(None if skips else request.POST or None)
    if request.method == "POST" and (skips or form.is_valid()):
        percent = None if skips else form.cleaned_data["own_estimate"]
        try:
            estimates.settle(
                assessment=assessment,
                percent=percent,
                by=request.user,
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect(onward)
    context = {"assessment": assessment, "form": form, "section": section}
    return render(request, "projects/assessment_estimate.html", context)


def _after_estimate(assessment: Assessment, section: str) -> str:
    """Return to the section that asked for it; else go on to the check."""
    if not assessment.is_open:
        return reverse("projects:assessment-result", args=[assessment.pk])
    sections = assessment.questionnaire_version.document["sections"]
    if section in {each["code"] for each in sections}:
        return reverse("projects:assessment-section", args=[assessment.pk, section])
    return reverse("projects:assessment-check", args=[assessment.pk])


@login_required
@require_safe
def assessment_check(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show all answers before they are submitted."""
    assessment = readable(request, pk)
    if not assessment.is_open:
        return redirect("projects:assessment-result", pk=pk)
    context = _check_context(request, assessment)
    return render(request, "projects/assessment_check.html", context)


@login_required
@require_http_methods(["POST"])
def assessment_submit(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Close the draft and show its result."""
    assessment = readable(request, pk)
    if assessment.is_open and not can_submit(request.user, assessment):
        raise PermissionDenied
    try:
        assessments.submit(assessment=assessment, by=request.user, at=timezone.now())
    except DomainError as refusal:
        if not assessment.is_open:
            return redirect("projects:assessment-result", pk=pk)
        context = {**_check_context(request, assessment), "refusal": refusal}
        return render(request, "projects/assessment_check.html", context, status=422)
    messages.success(request, _("Submitted. The result below is frozen."))
    return redirect("projects:assessment-result", pk=pk)


def _check_context(
    request: AuthenticatedRequest, assessment: Assessment
) -> dict[str, Any]:
    filling = filling_of(assessment)
    return {
        "assessment": assessment,
        "page": check_page(filling),
        "tasks": task_list(filling),
        "can_submit": can_submit(request.user, assessment),
    }
