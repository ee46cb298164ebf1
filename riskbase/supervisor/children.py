"""Child processes: started in groups of their own, ended with all they started."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from riskbase.embedded.processes import (
    dying_with_parent,
    last_lines,
    state_of,
    wait_until,
)

MARK = "RISKBASE_RUN"


@dataclass
class Child:
    """One long-running command with a log of its own."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    # A worker that waits for its broker may ignore a polite request.
    at_parents_death: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    log_offset: int = field(default=0, init=False)

    def start(self) -> None:
        """Start the command; whatever its former self left behind is ended."""
        self.end_group()
        with self.log.open("ab") as log:
            self.log_offset = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                process_group=0,
                preexec_fn=dying_with_parent(self.at_parents_death),  # noqa: PLW1509 - only prctl
            )

    def alive(self) -> bool:
        """Tell whether the command runs."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Ask only the leader: it knows how to end its own children gently."""
        if self.process is not None and self.alive():
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)

    def end_group(self) -> None:
        """Kill what is left of the process group."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self) -> str:
        """Return what the command wrote last."""
        return last_lines(self.log, offset=self.log_offset)


def stop_all(children: Sequence[Child], *, seconds: float) -> list[str]:
    """End every child; return the names of those that had to be killed."""
    for child in children:
        child.ask_to_stop()
    wait_until(lambda: not any(c.alive() for c in children), seconds=seconds)
    stubborn = [child.name for child in children if child.alive()]
    for child in children:
        child.end_group()
    return stubborn


def end_leftovers(mark: str) -> list[int]:
    """Kill what a killed run left behind, known by its mark in the environment.

    The kernel ends direct children with their parent, not their children: a
    pool process could live on and hold the port or a queue.
    """
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        with contextlib.suppress(OSError):
            marked = wanted in (folder / "environ").read_bytes().split(b"\0")
            if marked and pid != os.getpid() and state_of(pid) not in {"", "Z"}:
                os.kill(pid, signal.SIGKILL)
                found.append(pid)
    return found
