"""Files that people send: checked by what they hold, kept once, let go with the last row.

The bytes lie under their SHA-256; rows of several models refer to them by it.
"""

import re
import zlib
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from riskbase.shared import blobs
from riskbase.shared.errors import DomainError
from riskbase.shared.signatures import content_type_of

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of a name round."""
CONTENT_LOCK = 0x0E71
M = TypeVar("M", bound=type[Model])
_referrers: list[type[Model]] = []


@dataclass(frozen=True)
class Taken:
    """A file that was kept."""

    name: str
    content_type: str
    size: int
    sha256: str


def refers(model: M) -> M:
    """Register a model whose rows refer to kept content by `sha256`."""
    _referrers.append(model)
    return model


def take(file: BinaryIO, name: str) -> Taken:
    """Keep a file and hold its content until the transaction ends.

    Raises DomainError `file_type` and `file_too_large`.
    """
    called = clean_name(name)
    content_type = content_type_of(file, called)
    if not content_type:
        raise DomainError(
            "file_type",
            _(
                "This kind of file is not taken. Send a PDF, a picture (PNG, JPEG, "
                "WebP), an office document without macros, or plain text."
            ),
            field="file",
        )
    kept = _kept(file)
    hold(kept.sha256)
    # Again under the lock: removal of the last row may just have deleted it.
    if not blobs.path_of(kept.sha256).exists():
        file.seek(0)
        kept = _kept(file)
    return Taken(called, content_type, kept.size, kept.sha256)


def _kept(file: BinaryIO) -> blobs.Kept:
    try:
        return blobs.keep(file, limit=settings.EVIDENCE_MAX_BYTES)
    except blobs.TooLarge as error:
        raise too_large() from error


def too_large() -> DomainError:
    """Return the refusal of more than EVIDENCE_MAX_BYTES."""
    return DomainError(
        "file_too_large",
        _("This file is too large: at most %(count)s MB.")
        % {"count": settings.EVIDENCE_MAX_BYTES // 1_000_000},
        field="file",
    )


def clean_name(name: str) -> str:
    """Return a file's name without folders and unprintable characters."""
    plain = UNPRINTABLE.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    return plain[-200:] or "file"


def hold(sha256: str) -> None:
    """Keep others from keeping or deleting this content until the transaction ends."""
    with connection.cursor() as cursor:
        key = zlib.crc32(sha256.encode()) - 2**31
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CONTENT_LOCK, key])


def let_go(sha256: str) -> None:
    """Delete content that no row refers to; call it while the content is held."""
    if not any(
        model._default_manager.filter(sha256=sha256).exists() for model in _referrers
    ):
        blobs.drop(sha256)


def sweep(sha256: str) -> None:
    """Delete the content once nobody refers to it."""
    with transaction.atomic():
        hold(sha256)
        let_go(sha256)
