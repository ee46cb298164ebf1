"""The page that sets another date for the next assessment."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.forms.reassessments import ReassessmentForm
from projects.permissions import can_edit_project
from projects.selectors.project_page import project_for_page
from projects.services import reassessments
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def project_reassess(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the date that follows from tier and stage; a post sets another."""
    project = get_object_or_404(project_for_page(request.user), pk=pk)
    if not can_edit_project(request.user, project):
        raise PermissionDenied
    initial = {"on": project.reassess_on, "version": project.version}
    form = ReassessmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            reassessments.move(
                project=project,
                on=said["on"],
                reason=said["reason"],
                by=request.user,
                today=timezone.localdate(),
                expected_version=said["version"],
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The date is set."))
            return redirect("projects:project-detail", pk=pk)
    context = {
        "project": project,
        "form": form,
        "expected": reassessments.expected(project),
    }
    status = 422 if form.errors else 200
    return render(request, "projects/project_reassess.html", context, status=status)
