"""Idempotency-Key: a repeated POST gets the first answer and has one effect.

Key, effect and kept answer commit in one transaction; a second request with the
same key waits for the first at the unique constraint.
"""

import datetime as dt
import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.http.request import RawPostDataException
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from riskbase.shared.api.models import IdempotencyKey
from riskbase.shared.api.problems import Conflict

HEADER = "Idempotency-Key"
MAXIMUM_LENGTH = 200


def forget_before(moment: dt.datetime) -> int:
    """Delete replies older than `moment`; return how many."""
    return IdempotencyKey.objects.filter(created_at__lt=moment).delete()[0]


def reserve(request: Request) -> IdempotencyKey | Response | None:
    """Return a fresh key row, the kept first answer, or None without the header.

    Must run inside the transaction of the effect. Raises ValidationError for a bad
    key and Conflict when the key was used for another request.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return None
    if not 1 <= len(key) <= MAXIMUM_LENGTH or not key.isprintable():
        raise exceptions.ValidationError({HEADER: _("This key is not valid.")})
    caller: Any = request.user
    where = f"{request.method} {request.path}"[:300]
    digest = hashlib.sha256(_body_of(request)).hexdigest()
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                user=caller,
                key=key,
                method_and_path=where,
                request_digest=digest,
            )
    except IntegrityError:
        kept = IdempotencyKey.objects.get(user=caller, key=key)
    if (kept.method_and_path, kept.request_digest) != (where, digest):
        raise Conflict(_("This Idempotency-Key was used for another request."))
    return _replay(kept)


def _body_of(request: Request) -> bytes:
    """Return the bytes sent. Raises UnsupportedMediaType for a form."""
    try:
        return request.body
    except RawPostDataException as error:
        raise exceptions.UnsupportedMediaType(request.content_type) from error


def keep(row: IdempotencyKey, response: Response) -> None:
    """Store the answer with the key."""
    row.status = response.status_code
    row.body = response.rendered_content
    row.headers = {
        name: response[name] for name in ("ETag", "Location") if name in response
    }
    row.save(update_fields=["status", "body", "headers"])


class Replayed(Response):
    """The kept answer, byte for byte."""

    def __init__(self, body: bytes, **options: Any) -> None:
        super().__init__(**options)
        self._body = body

    @property
    def rendered_content(self) -> bytes:  # type: ignore[override]
        """The bytes as they were first sent."""
        self["Content-Type"] = "application/json"
        return self._body


def _replay(kept: IdempotencyKey) -> Response:
    return Replayed(
        bytes(kept.body),
        status=kept.status or 200,
        headers={**kept.headers, "Idempotent-Replay": "true"},
    )
