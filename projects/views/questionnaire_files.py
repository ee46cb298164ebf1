"""Questionnaires to take along: our own format, a spreadsheet, a form on paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from projects.exports.files import FORMATS, file_of
from projects.selectors.questionnaires import versions
from riskbase.shared.errors import DomainError
from riskbase.shared.files import download


@login_required
@require_safe
def questionnaire_file(
    request: HttpRequest, code: str, number: int, kind: str
) -> HttpResponse:
    """Send a version as a file of the asked kind."""
    version = get_object_or_404(versions(), questionnaire__code=code, number=number)
    if kind not in FORMATS:
        raise Http404
    try:
        return download(file_of(version, kind))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return redirect("projects:questionnaire-detail", code=code, number=number)
