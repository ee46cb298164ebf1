"""Folders of the servers: private ones, reachable ones, and short socket folders."""

import contextlib
import hashlib
import os
import re
import secrets
import stat
import tempfile
from pathlib import Path

from riskbase.embedded.processes import ServerError

# sun_path holds 104 bytes on macOS and 108 on Linux, the final zero included.
SOCKET_PATH_LIMIT = 103
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")
SHARED_ROOT = Path("/var/lib/riskbase")


def digest_of(path: Path) -> str:
    """Name a folder by its absolute path."""
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:16]


def private_folder(path: Path, *, owner: int | None = None) -> Path:
    """Create or accept a 0700 folder of one owner; refuse anybody else's.

    Another user may have made the folder, or a link to one, before us: the
    owner is asked of the name itself, without following links.
    """
    owner = os.geteuid() if owner is None else owner
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700, parents=False)
        if owner != os.geteuid():
            os.chown(path, owner, -1)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise ServerError(f"{path} exists and is not a folder; remove it.")
    if found.st_uid != owner:
        raise ServerError(f"{path} belongs to user {found.st_uid}; not using it.")
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)
    return path


def socket_folder(
    preferred: Path, *, longest_name: str, owner: int | None = None
) -> Path:
    """Return a private folder whose sockets have short and plain paths.

    A long path does not fit a socket address, and a space or a letter outside
    ASCII would have to survive four different URL parsers.
    """
    wanted = preferred.absolute()
    longest = len(os.fsencode(wanted / longest_name))
    if longest <= SOCKET_PATH_LIMIT and PLAIN_PATH.fullmatch(str(wanted)):
        return private_folder(wanted, owner=owner)
    user = os.geteuid() if owner is None else owner
    name = f"riskbase-{user}-{digest_of(wanted)}"
    for parent in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - owner-checked
        short = parent / name
        fits = len(os.fsencode(short / longest_name)) <= SOCKET_PATH_LIMIT
        if fits and PLAIN_PATH.fullmatch(str(short)) and parent.is_dir():
            return private_folder(short, owner=owner)
    raise ServerError("no folder with a path short enough for a socket; set TMPDIR.")


def kept_secret(path: Path, *, owner: int | None = None, size: int = 32) -> str:
    """Read a secret from its 0600 file, generating it once."""
    if not path.exists():
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        temporary.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(temporary, flags, 0o600), "w") as file:
            file.write(secrets.token_hex(size))
            file.flush()
            os.fsync(file.fileno())
        if owner is not None and owner != os.geteuid():
            os.chown(temporary, owner, -1)
        temporary.replace(path)
    return path.read_text().strip()
