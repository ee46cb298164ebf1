"""Who asked, in which request: for audit rows, logs and templates."""

from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class RequestContext:
    """The request (or job) in whose course something is written."""

    request_id: str = ""
    via: str = "command"


OUTSIDE = RequestContext()
current: ContextVar[RequestContext] = ContextVar("riskbase_request", default=OUTSIDE)


def product(_request: HttpRequest) -> dict[str, str]:
    """Template context: name and version of the product."""
    return {
        "site_name": settings.SITE_NAME,
        "product_version": settings.VERSION,
    }
