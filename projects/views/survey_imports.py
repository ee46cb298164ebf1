"""Importing a survey, and the report on it."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.forms.surveys import SurveyForm
from projects.selectors.drafts import draft_of
from projects.selectors.survey_reports import survey_remarks
from projects.services.survey_imports import import_draft
from projects.views.drafts import authors_only, written
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_import(request: AuthenticatedRequest) -> HttpResponse:
    """Begin a draft from a survey; what was typed stays when it is refused."""
    authors_only(request)
    is_post = request.method == "POST"
    form = SurveyForm(request.POST, request.FILES) if is_post else SurveyForm()
    if is_post and form.is_valid():
        try:
            done = import_draft(
                survey=form.cleaned_data["survey"],
                options=form.options,
                by=request.user,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("projects:questionnaire-import-report", pk=done.draft.pk)
    context = {
        "form": form,
        "parents": [(reverse("projects:questionnaire-list"), _("Questionnaires"))],
    }
    return render(
        request,
        "projects/questionnaire_import.html",
        context,
        status=422 if form.errors else 200,
    )


@login_required
@require_safe
def questionnaire_import_report(
    request: AuthenticatedRequest, pk: uuid.UUID
) -> HttpResponse:
    """Show what became of the survey. Raises Http404 for a draft that was none."""
    version = written(request, pk)
    report = survey_remarks(version)
    if not report.remarks:
        raise Http404
    editor = reverse("projects:questionnaire-draft", args=[pk])
    context = {
        "version": version,
        "draft": draft_of(version),
        "report": report,
        "actions": [(editor, _("Open the draft"), "primary")],
        "parents": [
            (reverse("projects:questionnaire-list"), _("Questionnaires")),
            (editor, str(version)),
        ],
    }
    return render(request, "projects/questionnaire_import_report.html", context)
