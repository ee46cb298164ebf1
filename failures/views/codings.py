"""Picking causes and judging their part."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from failures import permissions
from failures.forms.parts import CodingForm
from failures.models import CauseCoding, Postmortem
from failures.selectors.attachments import files_of
from failures.selectors.causes import branches, current_rows, matching_causes
from failures.selectors.records import codings_of
from failures.services import coding as codings
from failures.views.conflicts import Difference, compared
from failures.views.requests import page_or_fragment, permit, reader, record
from riskbase.shared.errors import DomainError, EditConflict


def _codable(request: HttpRequest, pk: uuid.UUID) -> Postmortem:
    postmortem = record(request, pk)
    permit(permissions.can_code(reader(request), postmortem))
    return postmortem


def _ways(pk: uuid.UUID) -> dict[str, Any]:
    """Return where the pages of a coding lead."""
    return {
        "pick_url": reverse("failures:coding-pick", args=[pk]),
        "back_url": reverse("failures:postmortem-edit", args=[pk, "causes"]),
        "files_url": reverse("failures:attachment-list", args=[pk]),
        "back_title": _("Causes"),
        "add_route": "failures:coding-create",
    }


def _coding(user: User, postmortem: Postmortem, coding: uuid.UUID) -> CauseCoding:
    rows = postmortem.codings.told_to(user).select_related("cause__parent")
    return get_object_or_404(rows, pk=coding)


@login_required
@require_safe
def coding_pick(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Find a cause by title, definition or warning sign."""
    postmortem = _codable(request, pk)
    words = request.GET.get("q", "")[:100]
    context: dict[str, Any] = {
        "postmortem": postmortem,
        "q": words,
        "found": matching_causes(words) if words.strip() else [],
        "branches": [] if words.strip() else branches(),
        **_ways(pk),
        "coded": {each.cause.slug for each in codings_of(postmortem, reader(request))},
    }
    return page_or_fragment(
        request, "failures/coding_pick.html", "failures/_cause_picker.html", context
    )


@login_required
@require_http_methods(["GET", "POST"])
def coding_create(request: HttpRequest, pk: uuid.UUID, slug: str) -> HttpResponse:
    postmortem = _codable(request, pk)
    cause = get_object_or_404(current_rows(), slug=slug)
    form = CodingForm(request.POST or None, files=files_of(postmortem))
    if request.method == "POST" and form.is_valid():
        try:
            codings.add(
                postmortem=postmortem,
                cause=slug,
                judgement=codings.Judgement(**form.said),
                by=reader(request),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("failures:postmortem-edit", pk, "causes")
    context = {"postmortem": postmortem, "cause": cause, "form": form, **_ways(pk)}
    return render(request, "failures/coding_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def coding_edit(request: HttpRequest, pk: uuid.UUID, coding: uuid.UUID) -> HttpResponse:
    postmortem = _codable(request, pk)
    row = _coding(reader(request), postmortem, coding)
    initial = {name: getattr(row, name) for name in (*codings.RECORDED, "version")}
    form = CodingForm(request.POST or None, initial=initial, files=files_of(postmortem))
    found: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            codings.change(
                coding=row,
                judgement=codings.Judgement(**form.said),
                by=reader(request),
                expected_version=form.expected_version,
            )
        except EditConflict as conflict:
            found = compared(form, conflict.current, codings.RECORDED)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("failures:postmortem-edit", pk, "causes")
    context = {
        "postmortem": postmortem,
        "cause": row.cause,
        "coding": row,
        "form": form,
        "differences": found,
        **_ways(pk),
    }
    return render(request, "failures/coding_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def coding_remove(
    request: HttpRequest, pk: uuid.UUID, coding: uuid.UUID
) -> HttpResponse:
    postmortem = _codable(request, pk)
    row = _coding(reader(request), postmortem, coding)
    if request.method == "POST":
        try:
            codings.remove(coding=row, by=reader(request))
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        return redirect("failures:postmortem-edit", pk, "causes")
    context = {
        "postmortem": postmortem,
        "title": _("Remove this cause?"),
        "subject": row.cause.title,
        "text": row.evidence,
        "action": _("Remove"),
        "step": "causes",
    }
    return render(request, "failures/part_remove.html", context)
