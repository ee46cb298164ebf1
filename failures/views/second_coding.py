"""Coding a record apart, and deciding between the two codings."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from failures import permissions
from failures.forms.parts import CodingForm
from failures.forms.second_coding import DecisionForm, SecondCoderForm
from failures.models import FailureCause, Postmortem
from failures.selectors.attachments import files_of
from failures.selectors.causes import branches, current_rows, matching_causes, titles
from failures.selectors.records import own_text
from failures.selectors.second_coding import DoubleCoding, double_coding
from failures.services import second_coding
from failures.views.conflicts import differences
from failures.views.requests import page_or_fragment, permit, reader, record
from riskbase.shared.errors import DomainError, EditConflict

HERE = "failures:second-coding"


def _own(
    request: HttpRequest, pk: uuid.UUID
) -> tuple[Postmortem, DoubleCoding, Callable[..., Any]]:
    """Return the record, what its second coder said, and how that is replaced."""
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_code_second(user, postmortem))

    def save(judgements: list[Mapping[str, Any]], version: int | None) -> None:
        second_coding.judge(
            postmortem=postmortem,
            judgements=judgements,
            by=user,
            expected_version=version,
        )

    return postmortem, double_coding(postmortem, user), save


@login_required
@require_safe
def second_coding_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show where the two codings stand, and both once both are submitted."""
    return _page(request, record(request, pk))


def _page(request: HttpRequest, postmortem: Postmortem, **forms: Any) -> HttpResponse:
    user = reader(request)
    double = double_coding(postmortem, user)
    second = double.second
    submitted = second is not None and second.submitted_at is not None
    may_decide = permissions.can_adjudicate(user, postmortem)
    is_open = second is not None and second.is_open
    context: dict[str, Any] = {
        "postmortem": postmortem,
        "text": own_text(postmortem),
        "double": double,
        "titles": titles(),
        "own": _with_files(postmortem, double.own),
        "may_invite": not submitted and permissions.can_invite_second(user, postmortem),
        "may_code": permissions.can_code_second(user, postmortem),
        "may_submit_first": _may_submit_first(request, postmortem, double),
        "invitation": SecondCoderForm(
            postmortem=postmortem, initial={"coder": second and second.coder_id}
        ),
        "decision": DecisionForm(rows=double.rows) if is_open and may_decide else None,
    }
    return render(request, "failures/second_coding.html", {**context, **forms})


def _with_files(
    postmortem: Postmortem, own: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return one's judgements, each with `file`, what it names as evidence."""
    files = files_of(postmortem) if own else {}
    return [{**said, "file": files.get(said.get("evidence_file", ""))} for said in own]


def _may_submit_first(
    request: HttpRequest, postmortem: Postmortem, double: DoubleCoding
) -> bool:
    submitted = (
        double.second is not None and double.second.first_submitted_at is not None
    )
    return (
        double.is_sealed
        and not submitted
        and permissions.can_code(reader(request), postmortem)
    )


def _done(
    request: HttpRequest, pk: uuid.UUID, deed: Callable[[], Any], words: str
) -> HttpResponse:
    """Do it, say what came of it, and go back to the page."""
    try:
        deed()
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, words)
    return redirect(HERE, pk)


@login_required
@require_POST
def second_coding_invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_invite_second(user, postmortem))
    form = SecondCoderForm(request.POST, postmortem=postmortem)
    if not form.is_valid():
        return _page(request, postmortem, invitation=form)
    return _done(
        request,
        pk,
        lambda: second_coding.invite(
            postmortem=postmortem, coder=form.cleaned_data["coder"], by=user
        ),
        _("Saved."),
    )


@login_required
@require_POST
def second_coding_submit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Submit one's own side."""
    postmortem = record(request, pk)
    user = reader(request)
    permit(
        permissions.can_code_second(user, postmortem)
        or permissions.can_code(user, postmortem)
    )
    return _done(
        request,
        pk,
        lambda: second_coding.submit(postmortem=postmortem, by=user),
        _("Submitted."),
    )


@login_required
@require_POST
def second_coding_decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    postmortem = record(request, pk)
    user = reader(request)
    permit(permissions.can_adjudicate(user, postmortem))
    rows = double_coding(postmortem, user).rows
    form = DecisionForm(request.POST, rows=rows)
    if form.is_valid():
        try:
            second_coding.decide(
                postmortem=postmortem,
                kept=form.kept,
                note=form.cleaned_data["note"],
                by=user,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Decided. The record has its causes."))
            return redirect(HERE, pk)
    return _page(request, postmortem, decision=form)


@login_required
@require_safe
def second_coding_pick(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Find a cause by title, definition or warning sign, as the second coder."""
    postmortem, double, _save = _own(request, pk)
    words = request.GET.get("q", "")[:100]
    context = {
        "postmortem": postmortem,
        "q": words,
        "found": matching_causes(words) if words.strip() else [],
        "branches": [] if words.strip() else branches(),
        "coded": {each["cause"] for each in double.own},
        **_ways(pk),
    }
    return page_or_fragment(
        request, "failures/coding_pick.html", "failures/_cause_picker.html", context
    )


def _ways(pk: uuid.UUID) -> dict[str, Any]:
    return {
        "pick_url": reverse("failures:second-coding-pick", args=[pk]),
        "back_url": reverse(HERE, args=[pk]),
        "files_url": reverse("failures:attachment-list", args=[pk]),
        "back_title": _("Second coding"),
        "add_route": "failures:second-coding-add",
    }


@login_required
@require_http_methods(["GET", "POST"])
def second_coding_add(request: HttpRequest, pk: uuid.UUID, slug: str) -> HttpResponse:
    postmortem, double, save = _own(request, pk)
    cause = get_object_or_404(current_rows(), slug=slug)
    return _judgement_page(request, postmortem, cause, double, save, None)


@login_required
@require_http_methods(["GET", "POST"])
def second_coding_edit(
    request: HttpRequest, pk: uuid.UUID, slug: str, role: str
) -> HttpResponse:
    postmortem, double, save = _own(request, pk)
    cause = get_object_or_404(current_rows(), slug=slug)
    said = _said(double, slug, role)
    return _judgement_page(request, postmortem, cause, double, save, said)


@login_required
@require_POST
def second_coding_remove(
    request: HttpRequest, pk: uuid.UUID, slug: str, role: str
) -> HttpResponse:
    _postmortem, double, save = _own(request, pk)
    said = _said(double, slug, role)
    rest = [each for each in double.own if each != said]
    return _done(request, pk, lambda: save(rest, None), _("Removed."))


def _said(double: DoubleCoding, slug: str, role: str) -> Mapping[str, Any]:
    found = _matching(double.own, {"cause": slug, "role": role})
    if not found:
        raise Http404
    return found


def _matching(
    judgements: Sequence[Mapping[str, Any]], wanted: Mapping[str, Any]
) -> Mapping[str, Any]:
    for each in judgements:
        if (each["cause"], each["role"]) == (wanted["cause"], wanted["role"]):
            return each
    return {}


def _judgement_page(
    request: HttpRequest,
    postmortem: Postmortem,
    cause: FailureCause,
    double: DoubleCoding,
    save: Callable[..., Any],
    said: Mapping[str, Any] | None,
) -> HttpResponse:
    """Let a judgement be written or changed; its version is the whole coding's."""
    version = double.second.version if double.second else None
    form = CodingForm(
        request.POST or None,
        initial={**(said or {}), "version": version},
        files=files_of(postmortem),
    )
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        wanted = {"cause": cause.slug, **form.said}
        rest = [wanted if each == said else each for each in double.own]
        if said is None:
            rest.append(wanted)
        try:
            save(rest, form.expected_version)
        except EditConflict as conflict:
            stored = _matching(conflict.current.judgements, wanted)
            found = differences(form, stored)
            form.rebase(conflict.current.version)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect(HERE, postmortem.pk)
    context = {
        "postmortem": postmortem,
        "cause": cause,
        "coding": said,
        "form": form,
        "differences": found,
        **_ways(postmortem.pk),
    }
    return render(request, "failures/coding_form.html", context)
