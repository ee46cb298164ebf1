"""Earlier versions of a record, and the way back."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from failures import permissions
from failures.selectors.records import own_text
from failures.selectors.versions import changes_of, versions
from failures.services.versions import restore
from failures.views.requests import SIZES, paged, permit, reader, record
from riskbase.shared.errors import DomainError


@login_required
@require_safe
def version_list(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what each change replaced."""
    postmortem = record(request, pk)
    permit(permissions.can_see_versions(reader(request), postmortem))
    page = paged(request, changes_of(postmortem))
    context = {
        "postmortem": postmortem,
        "text": own_text(postmortem),
        "versions": versions(page),
        "page": page,
        "sizes": SIZES,
        "may_restore": permissions.can_edit(reader(request), postmortem),
    }
    return render(request, "failures/version_list.html", context)


@login_required
@require_POST
def version_restore(
    request: HttpRequest, pk: uuid.UUID, event: uuid.UUID
) -> HttpResponse:
    """Store again what stood before a change."""
    postmortem = record(request, pk)
    permit(permissions.can_edit(reader(request), postmortem))
    row = get_object_or_404(changes_of(postmortem), pk=event)
    try:
        restore(postmortem=postmortem, event=row, by=reader(request))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("What stood before stands again."))
    return redirect("failures:version-list", pk)
