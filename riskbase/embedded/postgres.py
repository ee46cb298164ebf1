"""The embedded PostgreSQL: durable, on a private unix socket, ended cleanly."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from riskbase.embedded import cluster as clusters
from riskbase.embedded.places import socket_folder
from riskbase.embedded.processes import (
    POLL,
    Progress,
    ServerError,
    dying_with_parent,
    end,
    is_running,
    last_lines,
    wait_until,
)

SOCKET = ".s.PGSQL.5432"
DATABASE = "riskbase"
# Long enough for the processes of a killed server to notice and leave.
PATIENCE = 60.0
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
THROWAWAY = dict.fromkeys(DURABLE, "off")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # Bounds crash recovery, which is waited for at every start after a crash.
    "max_wal_size": "256MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
STILL_IN_USE = ("is still in use", 'lock file "postmaster.pid" already exists')


def silent(_: str) -> None:
    """Report progress to nobody."""


class PostgresServer:
    """One server on one data folder, started and ended by this process."""

    name = "PostgreSQL"

    def __init__(
        self,
        folder: Path,
        *,
        log: Path | None = None,
        durable: bool = True,
        progress: Progress = silent,
    ) -> None:
        self.folder = folder.absolute()
        self.log = log or self.folder.with_name(f"{self.folder.name}.log")
        self.durable = durable
        self.progress = progress
        self.process: subprocess.Popen[bytes] | None = None
        self.cluster: clusters.Cluster | None = None
        self.sockets = Path()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address as psycopg, dj-database-url and libpq read it."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """Return the address of one database."""
        assert self.cluster is not None, "start first"  # noqa: S101 - misuse
        user, password = quote(clusters.SUPERUSER), quote(self.cluster.password)
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{user}:{password}@/{quote(database)}?host={host}"

    def start(self) -> None:
        """Prepare, start, wait for recovery as long as it takes, make the database."""
        self.cluster = clusters.prepare(self.folder, self.progress)
        self.sockets = socket_folder(
            self.cluster.home / "socket",
            longest_name=f"{SOCKET}.lock",
            owner=self.cluster.user.uid,
        )
        self._end_predecessor()
        deadline = time.monotonic() + PATIENCE
        while not self._attempt():
            if time.monotonic() > deadline:
                raise ServerError(f"PostgreSQL did not start:\n{last_lines(self.log)}")
            self.progress("waiting for processes of the previous server to leave")
            time.sleep(0.5)
        self._ensure_database()

    def stop(self) -> None:
        """Disconnect everybody, write a checkpoint and end."""
        if self.process is not None:
            end(self.process, (signal.SIGINT, 60), (signal.SIGQUIT, 20))
            self.process = None

    def alive(self) -> bool:
        """Tell whether the server process runs."""
        return self.process is not None and self.process.poll() is None

    def probe(self) -> str:
        """Run `select 1`; return nothing when it worked, else why it did not."""
        try:
            with psycopg.connect(self.url_of("postgres"), connect_timeout=5) as link:
                link.execute("select 1")
        except psycopg.Error as error:
            return str(error).strip() or type(error).__name__
        return ""

    def remove(self) -> None:
        """Stop and delete the data."""
        self.stop()
        if self.cluster is not None:
            clusters.remove(self.cluster, self.folder)
        if self.sockets != Path() and self.sockets.is_dir():
            for left in self.sockets.iterdir():
                left.unlink()
            self.sockets.rmdir()

    def _attempt(self) -> bool:
        """Start once; False when another process of this cluster is in the way."""
        with self.log.open("ab") as log:
            offset = log.tell()
            self.process = self._spawn(log.fileno())
        started = said = time.monotonic()
        while reason := self.probe():
            if self.process.poll() is not None:
                text = last_lines(self.log, offset=offset)
                if any(phrase in text for phrase in STILL_IN_USE):
                    self._forget_dead_postmaster()
                    return False
                raise ServerError(f"PostgreSQL did not start:\n{text}")
            if time.monotonic() - said > 3:
                said = time.monotonic()
                self.progress(f"PostgreSQL, {said - started:.0f} s: {reason}")
            time.sleep(POLL)
        return True

    def _spawn(self, log: int) -> subprocess.Popen[bytes]:
        assert self.cluster is not None  # noqa: S101 - set by start
        safety = DURABLE if self.durable else THROWAWAY
        places = {
            "unix_socket_directories": str(self.sockets),
            "hba_file": str(self.cluster.data / "pg_hba.conf"),
        }
        settings = SETTINGS | safety | places
        return subprocess.Popen(  # noqa: S603 - our own program
            [
                *(self.cluster.programs / "postgres", "-D", self.cluster.data),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=clusters.ENVIRONMENT,
            process_group=0,
            # SIGINT is the server's own word for a fast, clean shutdown.
            preexec_fn=dying_with_parent(signal.SIGINT),  # noqa: PLW1509 - only prctl
            **self.cluster.user.credentials,
        )

    def _postmaster(self) -> int:
        """Return the process id in postmaster.pid when that process serves us."""
        assert self.cluster is not None  # noqa: S101 - set by start
        try:
            text = (self.cluster.data / "postmaster.pid").read_text()
            pid = int(text.split("\n", 1)[0])
        except (OSError, ValueError):
            return 0
        if not is_running(pid):
            return 0
        with contextlib.suppress(OSError):
            # A recycled id belongs to a process that works somewhere else.
            where = Path(f"/proc/{pid}/cwd").readlink()
            return pid if where == self.cluster.data.resolve() else 0
        return pid if not self.probe() else 0

    def _end_predecessor(self) -> None:
        """End a server that outlived the process which had started it."""
        pid = self._postmaster()
        if pid:
            self.progress(f"ending the PostgreSQL left running (process {pid})")
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            if not wait_until(lambda: not is_running(pid), seconds=PATIENCE):
                raise ServerError(f"PostgreSQL process {pid} does not end.")
        self._forget_dead_postmaster()

    def _forget_dead_postmaster(self) -> None:
        """Remove a pid file whose process is gone, a zombie, or somebody else's.

        PostgreSQL would refuse to start over an unreaped zombie. Its shared
        memory check, which does not need the file, still protects the data from
        backends that live on.
        """
        assert self.cluster is not None  # noqa: S101 - set by start
        if not self._postmaster():
            (self.cluster.data / "postmaster.pid").unlink(missing_ok=True)

    def _ensure_database(self) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as link:
            query = "select 1 from pg_database where datname = %s"
            if not link.execute(query, [DATABASE]).fetchone():
                name = sql.Identifier(DATABASE)
                link.execute(sql.SQL("create database {}").format(name))
