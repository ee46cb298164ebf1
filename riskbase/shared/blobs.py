"""Bytes kept by their SHA-256 outside the web root; the same content is kept once."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

CHUNK = 64 * 1024


class Kept(NamedTuple):
    """What was kept: its name and its bytes."""

    sha256: str
    size: int


class TooLarge(Exception):
    """The content is larger than allowed; nothing was kept."""


def keep(source: BinaryIO, *, limit: int) -> Kept:
    """Keep what `source` holds, at most `limit` bytes. Raises TooLarge.

    Written beside its place, flushed to the disk and renamed, so that a name never
    stands for half a file.
    """
    root = Path(settings.EVIDENCE_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    # mkstemp creates files that only their owner can read.
    handle, name = tempfile.mkstemp(dir=root, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as target:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        place = path_of(digest.hexdigest())
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Kept(digest.hexdigest(), size)


def path_of(sha256: str) -> Path:
    """Return where content of this name lies, whether it is there or not."""
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256[2:4] / sha256


def drop(sha256: str) -> None:
    """Delete the content; the caller makes sure that nobody refers to it."""
    path_of(sha256).unlink(missing_ok=True)
