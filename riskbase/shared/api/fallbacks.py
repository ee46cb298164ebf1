"""Errors found before or beside any view: problem details below /api/, pages elsewhere."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from riskbase.shared.api.problems import CONTENT_TYPE
from riskbase.shared.context import current

PREFIX = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request cannot be read."""
    if not request.path.startswith(PREFIX):
        return defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        return _problem(413, "too_large", _("Too large"))
    return _problem(400, "bad_request", _("Not valid"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such address."""
    if request.path.startswith(PREFIX):
        return _problem(404, "not_found", _("Not found"))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed, and nothing of how."""
    if request.path.startswith(PREFIX):
        return _problem(500, "server_error", _("Something went wrong"))
    return defaults.server_error(request)


def _problem(status: int, code: str, title: str) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "request_id": current.get().request_id,
    }
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
