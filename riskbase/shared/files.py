"""Files that leave the server: named, typed, never shown inside a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header


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


def stream(place: Path, *, name: str, content_type: str) -> FileResponse:
    """Return a file that people sent: saved, never opened inside the site."""
    response = FileResponse(
        place.open("rb"), as_attachment=True, filename=name, content_type=content_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
