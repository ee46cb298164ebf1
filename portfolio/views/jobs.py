"""Background work, for administrators."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portfolio.permissions import can_see_jobs
from portfolio.selectors.jobs import NEWEST, jobs_in
from portfolio.services import jobs
from riskbase.shared.errors import DomainError
from riskbase.shared.jobs.models import JobState
from riskbase.shared.keyset import BadCursor, paginate
from riskbase.shared.requests import AuthenticatedRequest


@login_required
@require_safe
def job_list(request: AuthenticatedRequest) -> HttpResponse:
    """List background work, the newest first."""
    if not can_see_jobs(request.user):
        raise PermissionDenied
    state = request.GET.get("state", "")
    state = state if state in JobState.values else ""
    try:
        page = paginate(
            jobs_in(state), ordering=NEWEST, cursor=request.GET.get("cursor")
        )
    except BadCursor:
        return redirect("portfolio:job-list")
    context = {"page": page, "state": state, "states": JobState.choices}
    return render(request, "portfolio/job_list.html", context)


@login_required
@require_POST
def job_retry(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a failed job another chance."""
    if not can_see_jobs(request.user):
        raise PermissionDenied
    job = get_object_or_404(jobs_in(), pk=pk)
    try:
        jobs.retry(job=job, by=request.user)
        messages.success(request, _("The job will run again."))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect("portfolio:job-list")
