"""Gives every request an id that its audit rows, logs and response share."""

import re
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from riskbase.shared.context import RequestContext, current
from riskbase.shared.ids import uuid7

ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestContextMiddleware:
    """Accepts a well-formed X-Request-ID of the proxy, or makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if ACCEPTABLE_ID.fullmatch(given) else uuid7().hex
        via = "api" if request.path.startswith("/api/") else "page"
        token = current.set(RequestContext(request_id=request_id, via=via))
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = self.get_response(request)
        finally:
            current.reset(token)
            structlog.contextvars.unbind_contextvars("request_id")
        response["X-Request-ID"] = request_id
        return response
