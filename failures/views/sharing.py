"""The version of a record that may leave the organization: names, preview, sign-off."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from failures import exports, permissions
from failures.forms.discussion import NamesForm
from failures.models import Postmortem
from failures.selectors.sharing import Shared, shared, shared_sheet
from failures.services import sharing
from failures.views.requests import permit, reader, record
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.files import streamed

HERE = "failures:postmortem-sharing"


@login_required
@require_http_methods(["GET", "POST"])
def sharing_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the names, and see what the others would read."""
    postmortem = record(request, pk)
    permit(permissions.can_set_visibility(reader(request), postmortem))
    found = shared(postmortem)
    form = NamesForm(request.POST or None, initial=_initial(found))
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            sharing.write_names(
                postmortem=postmortem,
                pseudonyms=form.pseudonyms,
                by=reader(request),
                expected_version=form.expected_version,
            )
        except EditConflict as conflict:
            theirs = conflict.current.pseudonyms
            form.rebase(conflict.current.version)
        except DomainError as refusal:
            form.add_error("names", str(refusal.message))
        else:
            return redirect(HERE, pk)
    return _page(request, postmortem, found, form=form, theirs=theirs)


def _initial(found: Shared) -> dict[str, Any]:
    lines = [
        f"{each['name']} = {each['pseudonym']}" for each in found.sharing.pseudonyms
    ]
    return {"names": "\n".join(lines), "version": found.sharing.version}


def _page(
    request: HttpRequest, postmortem: Postmortem, found: Shared, **more: Any
) -> HttpResponse:
    user = reader(request)
    context = {
        "postmortem": postmortem,
        "found": found,
        "sheet": shared_sheet(
            postmortem, found, user=user, language=request.LANGUAGE_CODE
        ),
        "may_sign": permissions.can_review(user, postmortem)
        and not postmortem.causes_sealed,
        "kinds": exports.SINGLE,
        **more,
    }
    return render(request, "failures/sharing.html", context)


@login_required
@require_POST
def sharing_sign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign the version off as it stands."""
    postmortem = record(request, pk)
    permit(permissions.can_review(reader(request), postmortem))
    try:
        sharing.sign_off(
            postmortem=postmortem,
            by=reader(request),
            at=timezone.now(),
            expected_digest=request.POST.get("digest", ""),
        )
    except EditConflict:
        words = _("It has changed since you looked. Read it again, then sign it off.")
        messages.error(request, words)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Signed off. It may leave the organization."))
    return redirect(HERE, pk)


@login_required
@require_safe
def sharing_file(request: HttpRequest, pk: uuid.UUID, kind: str) -> HttpResponseBase:
    """Download the version for others, once it is signed off."""
    postmortem = record(request, pk)
    found = shared(postmortem)
    if kind not in exports.SINGLE or not found.is_signed_off:
        raise Http404
    try:
        file = exports.shared_of(
            postmortem,
            found,
            kind=kind,
            user=reader(request),
            language=request.LANGUAGE_CODE,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return redirect("failures:postmortem-detail", pk)
    return streamed(file.name, file.content_type, file.content)
