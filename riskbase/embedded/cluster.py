"""A PostgreSQL data folder: where it lies, whose it is, how it is made."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from riskbase.embedded.binaries import postgres_programs
from riskbase.embedded.places import SHARED_ROOT, digest_of, kept_secret
from riskbase.embedded.processes import (
    Progress,
    ServerError,
    dying_with_parent,
)
from riskbase.embedded.server_user import ServerUser, server_user

SUPERUSER = "riskbase"
MAJOR = "18"
# pg_trgm asks the C library what a letter is, so LC_CTYPE must know Unicode even
# though the builtin provider sorts and folds; under LC_ALL=C Cyrillic and Chinese
# text would otherwise have no trigrams at all.
CTYPE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
LOCALE_FLAGS = (
    *("--locale=C", f"--lc-ctype={CTYPE}", "--locale-provider=builtin"),
    *("--builtin-locale=PG_UNICODE_FAST", "--encoding=utf8"),
)
HBA = "# Written at every start.\nlocal all all scram-sha-256\n"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A prepared data folder and what is needed to run it."""

    home: Path
    user: ServerUser
    programs: Path
    password: str

    @property
    def data(self) -> Path:
        """The folder PostgreSQL calls PGDATA."""
        return self.home / "cluster"


def prepare(folder: Path, progress: Progress) -> Cluster:
    """Return the cluster kept in (or pointed to from) a folder, made when new."""
    user, home = home_of(folder, progress)
    programs = postgres_programs(user)
    if user.credentials:
        os.chown(home, user.uid, user.gid)
    home.chmod(0o700)
    password = kept_secret(home / "password", owner=user.uid)
    cluster = Cluster(home, user, programs, password)
    if not (cluster.data / "PG_VERSION").exists():
        progress("creating the PostgreSQL data folder")
        initialise(cluster)
    version = (cluster.data / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise ServerError(
            f"{cluster.data} was written by PostgreSQL {version}, this is {MAJOR}:"
            " dump it with the old version and restore it here."
        )
    write_hba(cluster)
    return cluster


def home_of(folder: Path, progress: Progress) -> tuple[ServerUser, Path]:
    """Decide where the data lies: in the folder, or where the server user can go."""
    pointer = folder.with_name(f"{folder.name}.path")
    if pointer.exists():
        return pointed(pointer)
    owner = folder.stat().st_uid if folder.exists() else None
    user = server_user(owner=owner)
    if owner not in {None, 0, user.uid}:
        raise ServerError(
            f"{folder} belongs to another user; run as that user, or set"
            " RISKBASE_DATA to a folder of your own."
        )
    if user.can("-x", folder.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
        return user, folder
    if (folder / "cluster").exists():
        raise ServerError(
            f"User {user.name} cannot enter {folder.parent}, where the PostgreSQL"
            " data is: move it to where that user can go, or run as a normal user."
        )
    home = SHARED_ROOT / digest_of(folder)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    SHARED_ROOT.chmod(0o755)
    pointer.write_text(f"{home}\n")
    progress(
        f"PostgreSQL runs as user {user.name}, who cannot enter {folder.parent}:"
        f" its data is kept in {home}"
    )
    return user, home


def pointed(pointer: Path) -> tuple[ServerUser, Path]:
    """Follow a pointer file; a missing target is never replaced by an empty one."""
    home = Path(pointer.read_text().strip())
    if not home.is_dir():
        raise ServerError(
            f"{pointer} says the PostgreSQL data is in {home}, which is missing:"
            " restore that folder, or delete the pointer to begin with no data."
        )
    return server_user(owner=home.stat().st_uid), home


def initialise(cluster: Cluster) -> None:
    """Run initdb beside the final place, so that an interrupted one is not used."""
    draft = cluster.home / "cluster.new"
    if cluster.data.exists() and any(cluster.data.iterdir()):
        raise ServerError(f"{cluster.data} is not a PostgreSQL data folder.")
    shutil.rmtree(draft, ignore_errors=True)
    answer = subprocess.run(  # noqa: S603 - our own program
        [
            *(cluster.programs / "initdb", "-D", draft, *LOCALE_FLAGS),
            *("--auth=scram-sha-256", f"--username={SUPERUSER}", "--lc-messages=C"),
            *("--data-checksums", f"--pwfile={cluster.home / 'password'}"),
        ],
        check=False,
        cwd="/",
        env=ENVIRONMENT,
        capture_output=True,
        preexec_fn=dying_with_parent(signal.SIGKILL),
        process_group=0,
        **cluster.user.credentials,
    )
    if answer.returncode != 0:
        text = (answer.stdout + answer.stderr).decode(errors="replace").strip()
        raise ServerError(f"initdb failed:\n{text}")
    if cluster.data.exists():
        cluster.data.rmdir()
    draft.rename(cluster.data)


def write_hba(cluster: Cluster) -> None:
    """Let nobody in without the password, whatever the file said before."""
    target = cluster.data / "pg_hba.conf"
    descriptor, draft = tempfile.mkstemp(dir=cluster.data)
    with os.fdopen(descriptor, "w") as file:
        file.write(HBA)
    if cluster.user.credentials:
        os.chown(draft, cluster.user.uid, cluster.user.gid)
    Path(draft).replace(target)


def remove(cluster: Cluster, folder: Path) -> None:
    """Delete the data, its pointer included; for throwaway servers."""
    shutil.rmtree(cluster.home, ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        folder.with_name(f"{folder.name}.path").unlink()
