"""Post-mortems as files to take away."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from failures import exports
from failures.forms.filters import PostmortemFilterForm
from failures.selectors import causes
from failures.views.records import criteria_from
from failures.views.requests import reader, record
from riskbase.shared.errors import DomainError
from riskbase.shared.files import streamed
from riskbase.shared.tabular import Format


@login_required
@require_safe
def postmortem_export_list(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Download what the list shows under the same filters."""
    if kind not in Format.__members__.values():
        raise Http404
    form = PostmortemFilterForm(request.GET or None, causes=causes.cause_choices())
    asked = form.asked() if form.is_bound else {}
    user = reader(request)
    rows = exports.found(user=user, criteria=criteria_from(asked))
    file = exports.table_of(rows, kind=Format(kind), user=user)
    return streamed(file.name, file.content_type, file.content)


@login_required
@require_safe
def postmortem_export(
    request: HttpRequest, pk: uuid.UUID, kind: str
) -> HttpResponseBase:
    """Download one record."""
    postmortem = record(request, pk)
    if kind not in exports.SINGLE:
        raise Http404
    try:
        file = exports.one_of(
            postmortem, kind=kind, user=reader(request), language=request.LANGUAGE_CODE
        )
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return redirect("failures:postmortem-detail", pk)
    return streamed(file.name, file.content_type, file.content)
