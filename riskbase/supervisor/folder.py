"""The data folder: one run at a time, its secrets and its logs."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

from riskbase.embedded.places import kept_secret

LOG_LIMIT = 5_000_000
OLD_LOGS = 3


class AlreadyRunningError(RuntimeError):
    """Another run uses the data folder."""


class DataFolder:
    """Where one installation keeps everything it must remember."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    def create(self) -> None:
        """Make the folder; root's may be passed through by the server's user."""
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700)
        (self.path / "log").mkdir(mode=0o700, exist_ok=True)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder; the kernel lets go of it however this process ends."""
        with (self.path / "run.lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise AlreadyRunningError(self._who(file.read().strip())) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            try:
                yield
            finally:
                self._environment_file.unlink(missing_ok=True)
                file.truncate(0)

    def secret_key(self) -> str:
        """Return the key that signs sessions, generated once."""
        return kept_secret(self.path / "secret_key")

    def log(self, name: str) -> Path:
        """Return the path of a log, set aside first when it has grown large."""
        path = self.path / "log" / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            for age in range(OLD_LOGS, 0, -1):
                older = path.with_name(f"{path.name}.{age}")
                newer = path if age == 1 else path.with_name(f"{path.name}.{age - 1}")
                if newer.exists():
                    newer.replace(older)
        return path

    def publish(self, environment: dict[str, str]) -> None:
        """Let commands run beside this run find its servers."""
        self._environment_file.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(self._environment_file, flags, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(environment, file)

    def published(self) -> dict[str, str]:
        """Return the variables of the run that holds the folder."""
        try:
            found: dict[str, str] = json.loads(self._environment_file.read_text())
        except FileNotFoundError:
            return {}
        return found

    @property
    def _environment_file(self) -> Path:
        return self.path / "environment.json"

    def _who(self, pid: str) -> str:
        address = self.published().get("RISKBASE_ADDRESS", "")
        return (
            f"Riskbase already runs on {self.path} (process {pid or 'unknown'}"
            + (f", {address}" if address else "")
            + "). Stop it first, or choose another folder with RISKBASE_DATA."
        )
