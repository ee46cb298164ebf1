"""The page that moves an open assessment to a newer version."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.selectors.version_moves import move_page, newer_version
from projects.services import version_moves
from projects.views.assessments import writable
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def assessment_move(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what changes, what goes along and what is asked again; a post moves."""
    assessment = writable(request, pk)
    version = newer_version(assessment)
    if version is None:
        if request.method == "POST":
            return redirect("projects:assessment-detail", pk=pk)
        raise Http404
    if request.method == "POST":
        try:
            version_moves.move(assessment=assessment, version=version, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        else:
            told = _("The assessment follows version %(number)s now.")
            messages.success(request, told % {"number": version.number})
        return redirect("projects:assessment-detail", pk=pk)
    context = {"assessment": assessment, "page": move_page(assessment, version)}
    return render(request, "projects/assessment_move.html", context)
