"""Steps of the timeline, and follow-ups."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from failures import permissions
from failures.choices import ActionState
from failures.forms.parts import (
    ActionForm,
    ActionStateForm,
    CorrectionForm,
    TimelineForm,
)
from failures.models import ActionItem, Postmortem
from failures.selectors.causes import spoken
from failures.selectors.records import codings_of
from failures.services import actions, timeline
from failures.views.conflicts import Difference, compared
from failures.views.requests import permit, reader, record
from riskbase.shared.errors import DomainError, EditConflict


def _part_page(
    request: HttpRequest, postmortem: Postmortem, form: Any, **words: Any
) -> HttpResponse:
    context = {"postmortem": postmortem, "form": form, **words}
    return render(request, "failures/part_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def timeline_create(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    permit(permissions.can_edit(reader(request), postmortem))
    form = TimelineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            timeline.add(postmortem=postmortem, by=reader(request), values=form.said)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("failures:postmortem-edit", pk, "dates")
    title = _("Add a step to the timeline")
    return _part_page(request, postmortem, form, title=title, step="dates")


@login_required
@require_http_methods(["GET", "POST"])
def timeline_edit(
    request: HttpRequest, pk: uuid.UUID, entry: uuid.UUID
) -> HttpResponse:
    postmortem = record(request, pk)
    permit(permissions.can_edit(reader(request), postmortem))
    row = get_object_or_404(postmortem.timeline, pk=entry)
    initial = {name: getattr(row, name) for name in (*timeline.FIELDS, "version")}
    form = CorrectionForm(request.POST or None, initial=initial)
    found: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            timeline.correct(
                entry=row,
                values=form.said,
                by=reader(request),
                reason=form.cleaned_data["reason"],
                expected_version=form.expected_version,
            )
        except EditConflict as conflict:
            found = compared(form, conflict.current, timeline.FIELDS)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("failures:postmortem-edit", pk, "dates")
    words = {"title": _("Correct a step of the timeline"), "step": "dates"}
    return _part_page(request, postmortem, form, differences=found, **words)


@login_required
@require_http_methods(["GET", "POST"])
def timeline_remove(
    request: HttpRequest, pk: uuid.UUID, entry: uuid.UUID
) -> HttpResponse:
    postmortem = record(request, pk)
    permit(permissions.can_edit(reader(request), postmortem))
    row = get_object_or_404(postmortem.timeline, pk=entry)
    if request.method == "POST":
        try:
            timeline.withdraw(entry=row, by=reader(request))
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        return redirect("failures:postmortem-edit", pk, "dates")
    context = {
        "postmortem": postmortem,
        "title": _("Withdraw this step?"),
        "text": row.text,
        "action": _("Withdraw"),
        "step": "dates",
    }
    return render(request, "failures/part_remove.html", context)


def _action_form(
    request: HttpRequest, postmortem: Postmortem, **options: Any
) -> ActionForm:
    user = reader(request)
    causes = {
        each.cause.slug: spoken(each.cause.title)
        for each in codings_of(postmortem, user)
    }
    told = permissions.can_see_causes(user, postmortem)
    return ActionForm(
        request.POST or None,
        postmortem=postmortem,
        causes=list(causes.items()) if told else None,
        **options,
    )


def _action(postmortem: Postmortem, action: uuid.UUID) -> ActionItem:
    return get_object_or_404(postmortem.actions, pk=action)


@login_required
@require_http_methods(["GET", "POST"])
def action_create(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    permit(permissions.can_follow_up(reader(request), postmortem))
    form = _action_form(request, postmortem)
    if request.method == "POST" and form.is_valid():
        actions.add(postmortem=postmortem, values=form.said, by=reader(request))
        return _back(postmortem, request)
    return _part_page(
        request, postmortem, form, title=_("Plan a follow-up"), step="follow-up"
    )


@login_required
@require_http_methods(["GET", "POST"])
def action_edit(request: HttpRequest, pk: uuid.UUID, action: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    permit(permissions.can_follow_up(reader(request), postmortem))
    row = _action(postmortem, action)
    initial = {name: getattr(row, name) for name in actions.FIELDS}
    form = _action_form(
        request, postmortem, initial={**initial, "version": row.version}
    )
    found: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                action=row,
                values=form.said,
                by=reader(request),
                expected_version=form.expected_version,
            )
        except EditConflict as conflict:
            found = compared(form, conflict.current, actions.FIELDS)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _back(postmortem, request)
    words = {"title": _("Change the follow-up"), "step": "follow-up"}
    return _part_page(request, postmortem, form, differences=found, **words)


@login_required
@require_http_methods(["GET", "POST"])
def action_move(request: HttpRequest, pk: uuid.UUID, action: uuid.UUID) -> HttpResponse:
    """Move a follow-up on; verifying is a reviewer's."""
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_follow_up(user, postmortem))
    row = _action(postmortem, action)
    form = ActionStateForm(request.POST or None, initial={"state": row.state})
    if request.method == "POST" and form.is_valid():
        state = form.cleaned_data["state"]
        if state == ActionState.VERIFIED:
            permit(permissions.can_review(user, postmortem))
        try:
            actions.set_state(
                action=row,
                state=state,
                by=user,
                reason=form.cleaned_data["reason"],
                evidence=form.evidence,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("failures:postmortem-detail", pk)
    return _part_page(
        request, postmortem, form, title=_("Move the follow-up on"), subject=row.text
    )


@login_required
@require_http_methods(["GET", "POST"])
def action_remove(
    request: HttpRequest, pk: uuid.UUID, action: uuid.UUID
) -> HttpResponse:
    postmortem = record(request, pk)
    permit(permissions.can_edit(reader(request), postmortem))
    row = _action(postmortem, action)
    if request.method == "POST":
        try:
            actions.remove(action=row, by=reader(request))
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        return _back(postmortem, request)
    context = {
        "postmortem": postmortem,
        "title": _("Remove this follow-up?"),
        "text": row.text,
        "action": _("Remove"),
        "step": "follow-up",
    }
    return render(request, "failures/part_remove.html", context)


def _back(postmortem: Postmortem, request: HttpRequest) -> HttpResponse:
    """Return to the form while the record is being written, else to its page."""
    if permissions.can_edit(reader(request), postmortem):
        return redirect("failures:postmortem-edit", postmortem.pk, "follow-up")
    return redirect("failures:postmortem-detail", postmortem.pk)
