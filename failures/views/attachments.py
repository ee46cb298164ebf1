"""Files beside a record: attach, remove, download."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from failures import permissions
from failures.forms.discussion import AttachmentForm
from failures.models import Attachment
from failures.selectors.attachments import attachments_of
from failures.selectors.records import own_text
from failures.services import attachments
from failures.views.requests import permit, reader, record
from riskbase.shared import holdings
from riskbase.shared.errors import DomainError
from riskbase.shared.files import kept
from riskbase.shared.uploads import was_cut

HERE = "failures:attachment-list"


@login_required
@require_http_methods(["GET", "POST"])
def attachment_list(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the files of a record; a post attaches another."""
    postmortem = record(request, pk)
    may_attach = permissions.can_follow_up(reader(request), postmortem)
    is_sent = request.method == "POST"
    if is_sent:
        permit(may_attach)
    form = AttachmentForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and was_cut(request):
        form.refuse(holdings.too_large())
    elif is_sent and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            attachments.attach(
                postmortem=postmortem, file=sent, name=sent.name, by=reader(request)
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The file is attached."))
            return redirect(HERE, pk)
    context = {
        "postmortem": postmortem,
        "text": own_text(postmortem),
        "files": attachments_of(postmortem),
        "form": form,
        "may_attach": may_attach,
    }
    return render(
        request,
        "failures/attachment_list.html",
        context,
        status=422 if is_sent else 200,
    )


def _file(request: HttpRequest, pk: uuid.UUID, file: uuid.UUID) -> Attachment:
    return get_object_or_404(attachments_of(record(request, pk)), pk=file)


@login_required
@require_POST
def attachment_remove(
    request: HttpRequest, pk: uuid.UUID, file: uuid.UUID
) -> HttpResponse:
    row = _file(request, pk, file)
    permit(permissions.can_follow_up(reader(request), row.postmortem))
    attachments.remove(attachment=row, by=reader(request))
    messages.success(request, _("The file is removed."))
    return redirect(HERE, pk)


@login_required
@require_safe
def attachment_file(
    request: HttpRequest, pk: uuid.UUID, file: uuid.UUID
) -> FileResponse:
    """Send the file to who may read its record."""
    return kept(_file(request, pk, file))
