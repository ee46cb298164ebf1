"""Files that leave the server: named, typed, never shown inside a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from riskbase.shared import blobs


@dataclass(frozen=True)
class File:
    """A whole file in memory."""

    name: str
    content_type: str
    content: bytes


def download(file: File) -> HttpResponse:
    """Return the file as an attachment."""
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file.name
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def streamed(
    name: str, content_type: str, content: Iterable[bytes]
) -> StreamingHttpResponse:
    """Return an attachment that is written while it is sent."""
    response = StreamingHttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    response["Cache-Control"] = "private, no-store"
    return response


class Kept(Protocol):
    """A row about content that people sent."""

    name: str
    content_type: str
    sha256: str


def kept(row: Kept) -> FileResponse:
    """Return the content of the row. Raises Http404 where it is gone."""
    place = blobs.path_of(row.sha256)
    if not place.exists():
        raise Http404
    return stream(place, name=row.name, content_type=row.content_type)


def stream(place: Path, *, name: str, content_type: str) -> FileResponse:
    """Return a file that people sent: saved, never opened inside the site."""
    response = FileResponse(
        place.open("rb"), as_attachment=True, filename=name, content_type=content_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
