"""Files that leave the server: named, typed, never shown inside a page."""

from dataclasses import dataclass

from django.http import HttpResponse
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
