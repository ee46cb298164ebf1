"""Files beside answers: attach, remove, download."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from projects.forms.evidence import EvidenceForm
from projects.permissions import can_answer
from projects.selectors.evidence import evidence_for, evidence_of
from projects.selectors.filling import filling_of
from projects.services import evidence
from projects.views.assessments import readable
from riskbase.shared import holdings
from riskbase.shared.errors import DomainError
from riskbase.shared.files import kept
from riskbase.shared.requests import AuthenticatedRequest
from riskbase.shared.uploads import was_cut


@login_required
@require_http_methods(["GET", "POST"])
def assessment_evidence(
    request: AuthenticatedRequest, pk: uuid.UUID, question: str
) -> HttpResponse:
    """Show the files of one answer; a post attaches another."""
    assessment = readable(request, pk)
    filling = filling_of(assessment)
    if question not in filling.questions:
        raise Http404
    is_writable = can_answer(request.user, assessment)
    if request.method == "POST" and not is_writable:
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = EvidenceForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and was_cut(request):
        form.refuse(holdings.too_large())
    elif is_sent and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            evidence.attach(
                assessment=assessment,
                question=question,
                file=sent,
                name=sent.name,
                by=request.user,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The file is attached."))
            return redirect(request.path)
    context = {
        "assessment": assessment,
        "code": question,
        "text": filling.entries[question]["text"],
        "section": filling.section_of(question),
        "files": evidence_of(assessment).get(question, []),
        "form": form,
        "can_answer": is_writable,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/assessment_evidence.html", context, status=status)


@login_required
@require_POST
def evidence_remove(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a file away from its answer."""
    row = get_object_or_404(evidence_for(request.user), pk=pk)
    if not can_answer(request.user, row.assessment):
        raise PermissionDenied
    assessment, question = row.assessment_id, row.question
    try:
        evidence.remove(evidence=row, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The file is removed."))
    return redirect("projects:assessment-evidence", pk=assessment, question=question)


@login_required
@require_safe
def evidence_file(request: AuthenticatedRequest, pk: uuid.UUID) -> FileResponse:
    """Send the file to who may see its assessment."""
    return kept(get_object_or_404(evidence_for(request.user), pk=pk))
