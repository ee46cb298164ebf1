"""The embedded Valkey: every write on disk before it is acknowledged."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Self
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from riskbase.embedded.binaries import valkey_server
from riskbase.embedded.places import private_folder, socket_folder
from riskbase.embedded.processes import (
    POLL,
    Progress,
    ServerError,
    dying_with_parent,
    end,
    last_lines,
    wait_until,
)

SOCKET = "valkey.sock"
PATIENCE = 60.0
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "databases": "16",
    "appendonly": "yes",
    # Measured with 500 queued tasks and SIGKILL: "everysec" lost 194, this none.
    "appendfsync": "always",
    "aof-load-truncated": "yes",
    # A broker that evicts loses work.
    "maxmemory-policy": "noeviction",
}


def silent(_: str) -> None:
    """Report progress to nobody."""


def quoted(value: str) -> str:
    """Quote a word of the configuration file."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class ValkeyServer:
    """One server on one data folder, started and ended by this process."""

    name = "Valkey"

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
        self.sockets = Path()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def socket(self) -> Path:
        """The path of the unix socket."""
        return self.sockets / SOCKET

    @property
    def url(self) -> str:
        """The address as redis-py reads it."""
        return f"unix://{quote(str(self.socket))}?db=0"

    def start(self) -> None:
        """Start, and wait until the data is loaded, as long as it takes."""
        private_folder(self.folder)
        self.sockets = socket_folder(self.folder / "socket", longest_name=SOCKET)
        lock = self._lock()
        try:
            with self.log.open("ab") as log:
                offset = log.tell()
                self.process = self._spawn(log.fileno(), lock)
        finally:
            os.close(lock)
        started = said = time.monotonic()
        while reason := self.probe():
            if self.process.poll() is not None:
                text = last_lines(self.log, offset=offset)
                raise ServerError(f"Valkey did not start:\n{text}")
            if time.monotonic() - said > 3:
                said = time.monotonic()
                self.progress(f"Valkey, {said - started:.0f} s: {reason}")
            time.sleep(POLL)

    def stop(self) -> None:
        """Let the server write what it holds and end."""
        if self.process is None:
            return
        if self.alive():
            self._shut_down()
        end(self.process, (signal.SIGTERM, 20))
        self.process = None

    def alive(self) -> bool:
        """Tell whether the server process runs."""
        return self.process is not None and self.process.poll() is None

    def probe(self) -> str:
        """Send PING; return nothing when it worked, else why it did not."""
        try:
            with self._client() as client:
                client.ping()
        except redis.RedisError as error:
            return str(error).strip() or type(error).__name__
        return ""

    def remove(self) -> None:
        """Stop and delete the socket folder; the data belongs to the caller."""
        self.stop()
        if self.sockets != Path() and self.sockets.is_dir():
            self.socket.unlink(missing_ok=True)
            self.sockets.rmdir()

    def _client(self) -> redis.Redis:
        return redis.Redis(
            unix_socket_path=str(self.socket),
            socket_timeout=5,
            socket_connect_timeout=5,
            retry=Retry(NoBackoff(), 0),
        )

    def _shut_down(self) -> None:
        with contextlib.suppress(redis.RedisError), self._client() as client:
            client.execute_command("SHUTDOWN")
        wait_until(lambda: not self.alive(), seconds=20)

    def _lock(self) -> int:
        """Take the lock the server inherits: two servers would share one file.

        It stays taken for as long as the server or one of its forks lives, so a
        server which outlived its parent is found, asked to end and waited for.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        lock = os.open(self.folder / "lock", flags, 0o600)
        asked = False

        def taken() -> bool:
            nonlocal asked
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            if not asked:
                asked = True
                self.progress("ending the Valkey left running")
                with contextlib.suppress(redis.RedisError), self._client() as client:
                    client.execute_command("SHUTDOWN")
            return False

        if not wait_until(taken, seconds=PATIENCE):
            os.close(lock)
            raise ServerError(f"Another Valkey uses {self.folder} and does not end.")
        return lock

    def _spawn(self, log: int, lock: int) -> subprocess.Popen[bytes]:
        settings = dict(SETTINGS)
        if not self.durable:
            settings |= {"appendonly": "no"}
        lines = [f"{name} {value}" for name, value in settings.items()]
        lines += [
            'save ""',
            f"dir {quoted(str(self.folder))}",
            f"unixsocket {quoted(str(self.socket))}",
        ]
        configuration = self.folder / "valkey.conf"
        configuration.write_text(
            "# Written at every start.\n" + "\n".join(lines) + "\n"
        )
        configuration.chmod(0o600)
        return subprocess.Popen(  # noqa: S603 - our own program
            [valkey_server(), configuration],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            process_group=0,
            pass_fds=(lock,),
            # The server answers SIGTERM with a clean shutdown.
            preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 - only prctl
        )
