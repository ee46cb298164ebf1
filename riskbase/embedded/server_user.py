"""The system user PostgreSQL runs as when this process is root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from riskbase.embedded.processes import ServerError

NAME = "riskbase-pg"
FALLBACK = "nobody"


class Credentials(TypedDict, total=False):
    """What Popen needs to run a process as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class ServerUser:
    """A user id and group id, and whether they differ from our own."""

    uid: int
    gid: int
    name: str

    @property
    def credentials(self) -> Credentials:
        """Arguments of Popen; empty when we already are this user."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Ask the system whether this user may do something with a path."""
        answer = subprocess.run(  # noqa: S603 - the path is an argument, not code
            ["/bin/sh", "-c", f'test {test} "$1"', "sh", str(path)],
            check=False,
            cwd="/",
            capture_output=True,
            **self.credentials,
        )
        return answer.returncode == 0


def with_id(uid: int) -> ServerUser:
    """Return the user with an id."""
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        return ServerUser(uid, uid, str(uid))
    return ServerUser(found.pw_uid, found.pw_gid, found.pw_name)


def named(name: str) -> ServerUser | None:
    """Return the user with a name, if there is one."""
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return ServerUser(found.pw_uid, found.pw_gid, found.pw_name)


def server_user(*, owner: int | None = None) -> ServerUser:
    """Return who runs the server: ourselves, or for root somebody without rights.

    `owner` is the owner of an existing data folder; root runs as that user.
    """
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid(), "")
    if owner:
        return with_id(owner)
    found = named(NAME) or created() or named(FALLBACK)
    if found is None:
        raise ServerError(
            "PostgreSQL refuses to run as root, and there is no unprivileged user:"
            f" create the system user {NAME}."
        )
    return found


def created() -> ServerUser | None:
    """Create the system user, where the machine has the means."""
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return None
    subprocess.run(  # noqa: S603 - fixed program and arguments
        [
            *(program, "--system", "--user-group", "--no-create-home"),
            *("--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME),
        ],
        check=False,
        capture_output=True,
    )
    return named(NAME)
