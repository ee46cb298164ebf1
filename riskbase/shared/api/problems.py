"""Errors as RFC 9457 problem details, in the caller's language."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from riskbase.shared.api.refusals import TooLarge
from riskbase.shared.context import current
from riskbase.shared.errors import DomainError, EditConflict

CONTENT_TYPE = "application/problem+json"


class PreconditionRequired(exceptions.APIException):
    """People's text may be changed only by who says which version they read."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"
    default_detail = _("Send If-Match with the ETag of the version you read.")


class PreconditionFailed(exceptions.APIException):
    """The version the caller read is no longer the current one."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "precondition_failed"
    default_detail = _("Somebody else has changed this in the meantime.")


class Conflict(exceptions.APIException):
    """The request contradicts the present state."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"
    default_detail = _("The request conflicts with the current state.")


class Unprocessable(exceptions.APIException):
    """A rule of the domain forbids it."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "unprocessable"
    default_detail = _("A rule forbids this.")

    def __init__(self, refusal: DomainError) -> None:
        super().__init__(detail=str(refusal.message), code=refusal.code)
        self.field = refusal.field


REFUSALS: dict[type[Exception], type[exceptions.APIException]] = {
    EditConflict: PreconditionFailed,
    Http404: exceptions.NotFound,
    PermissionDenied: exceptions.PermissionDenied,
    RequestDataTooBig: TooLarge,
}


def _errors(detail: Any, pointer: str = "") -> Iterator[dict[str, str]]:
    """Flatten DRF's nested details into pointer, code and message."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            part = "" if name == "non_field_errors" else f"/{name}"
            yield from _errors(inner, pointer + part)
    elif isinstance(detail, Sequence) and not isinstance(detail, str):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping)
            if nested and not inner:
                continue
            yield from _errors(inner, f"{pointer}/{index}" if nested else pointer)
    else:
        yield {
            "pointer": pointer or "/",
            "code": str(getattr(detail, "code", None) or "invalid"),
            "message": str(detail),
        }


def _as_api_exception(error: Exception) -> Exception:
    for kind, refusal in REFUSALS.items():
        if isinstance(error, kind):
            return refusal()
    return Unprocessable(error) if isinstance(error, DomainError) else error


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal in one shape."""
    error = _as_api_exception(error)
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(_title(response.status_code)),
        "status": response.status_code,
        "code": error.default_code,
        "request_id": current.get().request_id,
    }
    if isinstance(error, exceptions.ValidationError):
        body["detail"] = gettext("Some fields are not valid.")
        body["code"] = "invalid"
        body["errors"] = list(_errors(error.detail))
    else:
        body["detail"] = str(error.detail)
        body["code"] = str(getattr(error.detail, "code", error.default_code))
        if field := getattr(error, "field", ""):
            body["errors"] = [
                {
                    "pointer": f"/{field}",
                    "code": body["code"],
                    "message": body["detail"],
                }
            ]
    set_rollback()
    response.data = body
    response.content_type = CONTENT_TYPE
    return response


TITLES = {
    400: _("Not valid"),
    401: _("Not signed in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed"),
    406: _("Not acceptable"),
    409: _("Conflict"),
    412: _("Changed in the meantime"),
    413: _("Too large"),
    415: _("Unsupported media type"),
    422: _("Refused by a rule"),
    428: _("Precondition required"),
    429: _("Too many requests"),
}


def _title(code: int) -> Any:
    return TITLES.get(code, _("Error"))
