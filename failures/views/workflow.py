"""Handing over, publishing, returning, and choosing the readers."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from failures import permissions
from failures.forms.records import ReasonForm, VisibilityForm
from failures.models import Postmortem
from failures.selectors.completeness import missing_for_publication, missing_for_review
from failures.selectors.records import own_text
from failures.services import archive, postmortems
from failures.views.requests import permit, reader, record
from riskbase.shared.errors import DomainError


def act(
    request: HttpRequest, postmortem: Postmortem, deed: Callable[[], Any], words: str
) -> HttpResponse:
    """Do it, say what came of it, and go back to the record."""
    try:
        deed()
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, words)
    return redirect("failures:postmortem-detail", postmortem.pk)


def version_read(request: HttpRequest) -> int | None:
    """Return the version of the record that the page showed, None when it tells none."""
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdecimal() else None


@login_required
@require_http_methods(["GET", "POST"])
def postmortem_submit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_submit(user, postmortem))
    if request.method == "POST":
        return act(
            request,
            postmortem,
            lambda: postmortems.submit_for_review(postmortem=postmortem, by=user),
            _("Handed over for review."),
        )
    context = {
        "postmortem": postmortem,
        "text": own_text(postmortem),
        "missing": missing_for_review(postmortem),
    }
    return render(request, "failures/postmortem_submit.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def postmortem_publish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_publish(user, postmortem))
    if request.method == "POST":
        return act(
            request,
            postmortem,
            lambda: postmortems.publish(
                postmortem=postmortem,
                by=user,
                at=timezone.now(),
                expected_version=version_read(request),
            ),
            _("Published. It counts in the statistics from now on."),
        )
    context = {
        "postmortem": postmortem,
        "text": own_text(postmortem),
        "missing": missing_for_publication(postmortem),
    }
    return render(request, "failures/postmortem_publish.html", context)


@login_required
@require_POST
def postmortem_approve(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_approve(user, postmortem))
    return act(
        request,
        postmortem,
        lambda: postmortems.approve(
            postmortem=postmortem,
            by=user,
            at=timezone.now(),
            expected_version=version_read(request),
        ),
        _("Approved. It can be published now."),
    )


@login_required
@require_POST
def postmortem_archive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_archive(user, postmortem))
    return act(
        request,
        postmortem,
        lambda: archive.set_aside(postmortem=postmortem, by=user),
        _("Archived. It still counts in the statistics."),
    )


@login_required
@require_POST
def postmortem_restore(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_archive(user, postmortem))
    return act(
        request,
        postmortem,
        lambda: archive.take_back(postmortem=postmortem, by=user),
        _("It is published again."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def postmortem_return(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_return(user, postmortem))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            postmortem,
            lambda: postmortems.return_to_draft(
                postmortem=postmortem, by=user, reason=form.cleaned_data["reason"]
            ),
            _("Returned for changes."),
        )
    context = {"postmortem": postmortem, "text": own_text(postmortem), "form": form}
    return render(request, "failures/postmortem_return.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def postmortem_visibility(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_set_visibility(user, postmortem))
    form = VisibilityForm(
        request.POST or None, initial={"visibility": postmortem.visibility}
    )
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            postmortem,
            lambda: postmortems.set_visibility(
                postmortem=postmortem,
                visibility=form.cleaned_data["visibility"],
                by=user,
            ),
            _("Saved."),
        )
    context = {"postmortem": postmortem, "text": own_text(postmortem), "form": form}
    return render(request, "failures/postmortem_visibility.html", context)
