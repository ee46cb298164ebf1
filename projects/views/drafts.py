"""Writing questionnaires: begin, upload, the editor, and its findings as one types."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.forms.drafts import BeginForm, SourceForm, UploadForm, initial_of
from projects.models import QuestionnaireVersion
from projects.permissions import can_author, can_write
from projects.scoring.lines import hunks
from projects.selectors.backtests import backtests_of
from projects.selectors.checks import Check, check_of
from projects.selectors.drafts import draft_of, open_versions, steps_of
from projects.services import drafts
from projects.views.conflicts import Conflict, Difference
from projects.views.trials import trial_words
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.requests import AuthenticatedRequest

BACKTESTS_SHOWN = 5


def written(request: AuthenticatedRequest, pk: uuid.UUID) -> QuestionnaireVersion:
    """Return a version that is being written. Raises Http404 for who is no author."""
    return get_object_or_404(open_versions(request.user), pk=pk)


def authors_only(request: AuthenticatedRequest) -> None:
    """Raise PermissionDenied for who may not write questionnaires."""
    if not can_author(request.user):
        raise PermissionDenied


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_create(request: AuthenticatedRequest) -> HttpResponse:
    """Begin a questionnaire from the template, or from a file."""
    authors_only(request)
    is_upload = request.method == "POST" and "upload" in request.POST
    is_begin = request.method == "POST" and not is_upload
    begin = BeginForm(request.POST if is_begin else None, prefix="begin")
    upload = UploadForm(
        data=request.POST if is_upload else None,
        files=request.FILES if is_upload else None,
        prefix="upload",
    )
    form = upload if is_upload else begin
    if request.method == "POST" and form.is_valid():
        try:
            version = _made(request, form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("projects:questionnaire-draft", pk=version.pk)
    context = {"begin": begin, "upload": upload}
    return render(request, "projects/questionnaire_create.html", context)


def _made(
    request: AuthenticatedRequest, form: BeginForm | UploadForm
) -> QuestionnaireVersion:
    if isinstance(form, UploadForm):
        return drafts.upload(source=form.cleaned_data["file"], by=request.user)
    return drafts.begin(code=form.cleaned_data["code"], by=request.user)


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_draft(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the editor; a post saves to the letter, readable or not."""
    version = written(request, pk)
    if request.method == "GET":
        form = SourceForm(initial=initial_of(version))
        return _editor(request, version, form, check_of(version))
    if not can_write(request.user, version):
        messages.error(request, _("It was handed in meanwhile: nothing was saved."))
        return redirect("projects:questionnaire-draft", pk=pk)
    return _save(request, version, SourceForm(request.POST))


def _save(
    request: AuthenticatedRequest, version: QuestionnaireVersion, form: SourceForm
) -> HttpResponse:
    conflict = None
    if form.is_valid():
        said = form.cleaned_data
        try:
            drafts.save(
                version=version,
                source=said["source"],
                note=said["note"],
                by=request.user,
                expected_version=said["version"],
            )
        except EditConflict as clash:
            version = clash.current
            conflict = _conflict(form, clash.current)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("projects:questionnaire-draft", pk=version.pk)
    found = check_of(version, str(form["source"].value() or ""))
    return _editor(request, version, form, found, conflict)


def _conflict(form: SourceForm, theirs: QuestionnaireVersion) -> Conflict:
    """Return the lines in which both texts differ; saving again keeps what is typed."""
    differences = [
        Difference(
            _("Line %(line)s") % {"line": hunk.before_line},
            hunk.before_text,
            hunk.after_text,
        )
        for hunk in hunks(theirs.source, form.cleaned_data["source"])
    ]
    if theirs.note != form.cleaned_data["note"]:
        label = str(form["note"].label)
        differences.append(Difference(label, theirs.note, form.cleaned_data["note"]))
    typed = form.data.copy()  # type: ignore[attr-defined]
    typed["version"] = str(theirs.version)
    form.data = typed
    return Conflict(form, differences)


def _editor(
    request: AuthenticatedRequest,
    version: QuestionnaireVersion,
    form: SourceForm,
    found: Check,
    conflict: Conflict | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "version": version,
        "draft": draft_of(version),
        "form": form,
        "check": found,
        "conflict": conflict,
        "can_write": can_write(request.user, version),
        "steps": steps_of(version),
        "backtests": backtests_of(version)[:BACKTESTS_SHOWN],
        "parents": [(reverse("projects:questionnaire-list"), _("Questionnaires"))],
        **trial_words(request, found),
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "projects/questionnaire_draft.html", context, status=status)


@login_required
@require_POST
def questionnaire_check(request: AuthenticatedRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what the linter finds in a text that is not saved yet."""
    version = written(request, pk)
    source = request.POST.get("source", "").replace("\r\n", "\n")
    context = {"check": check_of(version, source), "is_editor": True}
    return render(request, "projects/_findings.html", context)
