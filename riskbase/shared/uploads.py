"""How much a request may upload: everything beyond it is read and thrown away."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class BoundedUploads(FileUploadHandler):
    """Leaves out the file with which a request exceeds EVIDENCE_MAX_BYTES.

    Django itself bounds the fields of a form, but not its files. The rest of the body
    is still read, so that the answer reaches who sent it.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        """Hand the bytes on. Raises SkipFile beyond the limit."""
        self.received += len(raw_data)
        if self.received > settings.EVIDENCE_MAX_BYTES:
            raise SkipFile
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        """Leave the file to the handlers that follow."""
        return


def was_cut(request: Any) -> bool:
    """Whether the body is longer than what a request may upload."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    return length > settings.EVIDENCE_MAX_BYTES
