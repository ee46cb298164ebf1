"""Short commands run before and beside the services."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from riskbase.embedded.processes import dying_with_parent
from riskbase.supervisor.interrupts import Interrupts, StopRequested

ROOT = Path(__file__).resolve().parent.parent.parent
LAST_LINES = 40


class CommandFailedError(RuntimeError):
    """A command ended with an error; the text holds its last lines."""


def manage(*arguments: str) -> list[str]:
    """Return the command line of a management command."""
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def output_of(
    command: Sequence[str], environment: Mapping[str, str], interrupts: Interrupts
) -> str:
    """Run a command to its end and return its standard output."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=environment,
            process_group=0,
            preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 - only prctl
        )
        try:
            while process.poll() is None:
                interrupts.pause()
        except StopRequested:
            end_command(process)
            raise
        output.seek(0)
        errors.seek(0)
        text = output.read().decode(errors="replace")
        if process.returncode != 0:
            lines = (text + errors.read().decode(errors="replace")).splitlines()
            said = "\n".join(lines[-LAST_LINES:])
            raise CommandFailedError(f"{command_name(command)} failed:\n{said}")
        return text


def end_command(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it started."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def command_name(command: Sequence[str]) -> str:
    """Return a command as a person would say it."""
    return " ".join(Path(part).name if "/" in part else part for part in command[1:])
