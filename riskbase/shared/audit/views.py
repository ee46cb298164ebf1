"""The audit trail for administrators."""

import uuid

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from riskbase.shared.audit.forms import EventFilterForm
from riskbase.shared.audit.selectors import (
    NEWEST_FIRST,
    changes_of,
    events_visible_to,
    narrowed,
    withheld,
)
from riskbase.shared.keyset import BadCursor, paginate


@login_required
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    _administrators_only(request)
    form = EventFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    events = narrowed(events_visible_to(request.user), **wanted)
    try:
        page = paginate(events, ordering=NEWEST_FIRST, cursor=request.GET.get("cursor"))
    except BadCursor as error:
        raise Http404 from error
    return render(request, "audit/event_list.html", {"form": form, "page": page})


@login_required
@require_safe
def event_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    _administrators_only(request)
    event = get_object_or_404(events_visible_to(request.user), pk=pk)
    hidden = event.pk in withheld(request.user, [event])
    context = {
        "event": event,
        "changes": [] if hidden else changes_of(event),
        "hidden": hidden,
    }
    return render(request, "audit/event_detail.html", context)


def _administrators_only(request: HttpRequest) -> None:
    if not getattr(request.user, "is_administrator", False):
        raise PermissionDenied
