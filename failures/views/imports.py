"""Importing files of post-mortems: upload, mapping, check, report."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from failures import permissions
from failures.forms.imports import MappingForm, UploadForm
from failures.models import ImportRun
from failures.selectors.imports import (
    FAULT_ORDER,
    REPORT,
    faults_of,
    report_rows,
    runs_visible_to,
    told,
)
from failures.services import imports
from failures.views.requests import permit, reader
from riskbase.shared import keyset
from riskbase.shared.errors import DomainError
from riskbase.shared.files import streamed
from riskbase.shared.tabular import TYPES, Format, chunks
from riskbase.shared.uploads import was_cut

NEWEST = keyset.Ordering("-created", "pk", descending=True)
PAGE = 50


def _run(request: HttpRequest, pk: uuid.UUID) -> ImportRun:
    return get_object_or_404(runs_visible_to(reader(request)), pk=pk)


def _paged(
    request: HttpRequest, rows: Any, ordering: keyset.Ordering
) -> keyset.Page[Any]:
    try:
        return keyset.paginate(
            rows, ordering=ordering, cursor=request.GET.get("cursor"), size=PAGE
        )
    except keyset.BadCursor as error:
        raise Http404 from error


@login_required
@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Show the imports so far; a post uploads another file."""
    user = reader(request)
    permit(permissions.can_import_anywhere(user))
    is_sent = request.method == "POST"
    data = (request.POST, request.FILES) if is_sent else ()
    form = UploadForm(*data, user=user)
    if is_sent and was_cut(request):
        form.add_error("file", imports.too_large())
    elif is_sent and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            run = imports.upload(
                file=sent,
                name=sent.name,
                unit=form.cleaned_data["unit"],
                visibility=form.cleaned_data["visibility"],
                by=user,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("failures:import-detail", run.pk)
    page = _paged(request, runs_visible_to(user), NEWEST)
    context = {"form": form, "page": page}
    return render(request, "failures/import_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the mapping and what came of it; a post checks or imports."""
    run = _run(request, pk)
    is_sent = request.method == "POST"
    form = MappingForm(request.POST if is_sent else None, run=run)
    if is_sent and form.is_valid():
        try:
            imports.start(
                run=run,
                by=reader(request),
                mode=form.cleaned_data["mode"] or run.mode,
                is_dry=request.POST.get("act") != "import",
                source=form.ready_source,
                mapping=form.mapping,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("failures:import-detail", pk)
    page = _paged(request, faults_of(run), FAULT_ORDER)
    context = {
        "run": run,
        "form": form,
        "page": page,
        "faults": [told(fault) for fault in page],
        "formats": [Format.CSV, Format.XLSX, Format.JSON],
    }
    return render(request, "failures/import_detail.html", context)


@login_required
@require_safe
def import_progress(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show how far it is; at the end the page is loaded again."""
    run = _run(request, pk)
    response = render(request, "failures/_import_progress.html", {"run": run})
    if run.job is None or not run.job.is_active:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_safe
def import_report(
    request: HttpRequest, pk: uuid.UUID, kind: str
) -> StreamingHttpResponse:
    """Download what is wrong, row by row."""
    run = _run(request, pk)
    if kind not in Format.__members__.values():
        raise Http404
    content = chunks(Format(kind), REPORT, report_rows(run))
    name = _("faults") + f".{kind}"
    return streamed(name, TYPES[Format(kind)], content)
