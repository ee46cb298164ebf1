"""What every page of this app needs: the reader, their rows, page or fragment."""

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers

from accounts.models import User
from failures.models import Postmortem
from failures.selectors.records import readable
from riskbase.shared import keyset

M = TypeVar("M", bound=Model)
NEWEST = keyset.Ordering("-created", "pk", descending=True)


def reader(request: HttpRequest) -> User:
    """Return the signed-in person; the page requires a login."""
    return cast("User", request.user)


def record(request: HttpRequest, pk: uuid.UUID) -> Postmortem:
    """Return the post-mortem if this person may read it. Raises Http404."""
    return get_object_or_404(readable(reader(request)), pk=pk)


def permit(allowed: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise PermissionDenied unless allowed."""
    if not allowed:
        raise PermissionDenied


def page_or_fragment(
    request: HttpRequest, page: str, fragment: str, context: Mapping[str, Any]
) -> HttpResponse:
    """Render the fragment that htmx asked for, else the whole page."""
    htmx: Any = getattr(request, "htmx", None)
    part = bool(htmx) and not htmx.history_restore_request
    response = render(request, fragment if part else page, dict(context))
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_size(request: HttpRequest, default: int = 20) -> int:
    """Return the page size asked for, if it is one of those offered."""
    asked = request.GET.get("size", "")
    return int(asked) if asked in {"20", "50", "100"} else default


def paged(
    request: HttpRequest, rows: QuerySet[M], ordering: keyset.Ordering = NEWEST
) -> keyset.Page[M]:
    """Return the page of rows that is asked for. Raises Http404 for a strange cursor."""
    try:
        return keyset.paginate(
            rows,
            ordering=ordering,
            cursor=request.GET.get("cursor"),
            size=page_size(request),
        )
    except keyset.BadCursor as error:
        raise Http404 from error


SIZES = [20, 50, 100]
