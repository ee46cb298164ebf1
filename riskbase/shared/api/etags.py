"""Strong entity tags: which representation, and of which version.

A tag is `"<version>.<digest of the body>"`: If-None-Match compares all of it, If-Match
only the version, so that reading in another language or with `?fields=` still
permits the change.
"""

import hashlib
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from riskbase.shared.api.problems import PreconditionFailed, PreconditionRequired


def tag_of(row: Any, body: bytes) -> str:
    """Return the entity tag of `body`, a representation of `row` (or of a report)."""
    version = row.etag.strip('"') if hasattr(row, "etag") else "0"
    return f'"{version}.{hashlib.sha256(body).hexdigest()[:16]}"'


def _tags(header: str) -> list[str]:
    return [part.strip() for part in header.split(",") if part.strip()]


def not_modified(request: Request, tag: str) -> bool:
    """Return whether the caller already holds the representation `tag`."""
    given = _tags(request.headers.get("If-None-Match", ""))
    # Weak comparison, as RFC 9110 asks of If-None-Match.
    return "*" in given or tag in [part.removeprefix("W/") for part in given]


def require_match(request: Request, row: Any) -> None:
    """Refuse a change by who has not read the current version.

    Raises PreconditionRequired without If-Match, PreconditionFailed on a stale one.
    """
    header = request.headers.get("If-Match")
    if header is None:
        raise PreconditionRequired
    version = row.etag.strip('"')
    for tag in _tags(header):
        if tag == "*" or tag.strip('"').split(".")[0] == version:
            return
    raise PreconditionFailed


def match_if_given(request: Request, row: Any) -> None:
    """Refuse, where the caller names a version, to act on another one.

    Raises PreconditionFailed.
    """
    if "If-Match" in request.headers:
        require_match(request, row)


def attach(response: Response, request: Request, row: Any = None) -> Response:
    """Render now, set ETag, and turn into 304 when the caller holds it already."""
    tag = tag_of(row, response.rendered_content)
    if request.method in {"GET", "HEAD"} and not_modified(request, tag):
        return Response(status=304, headers={"ETag": tag})
    response["ETag"] = tag
    return response
