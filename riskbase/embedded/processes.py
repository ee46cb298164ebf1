"""Starting, watching and ending server processes this process is the parent of."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
POLL = 0.05

Progress = Callable[[str], None]

# Loaded before any fork: nothing may be imported between fork and exec.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class ServerError(RuntimeError):
    """A server could not be prepared or started; the text says what to do."""


def dying_with_parent(sent: signal.Signals) -> Callable[[], None] | None:
    """Return the hook that makes a child receive `sent` when its parent dies.

    The kernel forgets the wish when credentials change, so it has to be made
    after setuid, which is where Popen calls its preexec_fn.
    """
    if LIBC is None:
        return None
    parent = os.getpid()

    def hook() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), sent)

    return hook


def state_of(pid: int) -> str:
    """Return the one-letter process state, or nothing when there is no process."""
    status = Path(f"/proc/{pid}/stat")
    if sys.platform == "linux":
        try:
            return status.read_text().rpartition(")")[2].split()[0]
        except (OSError, IndexError):
            return ""
    answer = subprocess.run(  # noqa: S603 - fixed program, numeric argument
        ["/bin/ps", "-o", "stat=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip()[:1]


def is_running(pid: int) -> bool:
    """Tell whether a process runs; a zombie nobody reaps does not."""
    return pid > 0 and state_of(pid) not in {"", "Z", "X"}


def wait_until(
    condition: Callable[[], bool],
    *,
    seconds: float,
    tick: Callable[[], None] | None = None,
) -> bool:
    """Poll a condition for a time and return its last value."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        if tick:
            tick()
        time.sleep(POLL)
    return True


def end(process: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Send each signal in turn until the process has ended within its time."""
    for sent, seconds in steps:
        if process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(sent)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
    if process.poll() is None:
        process.kill()
        process.wait()


def last_lines(path: Path, count: int = 20, *, offset: int = 0) -> str:
    """Return the end of a log, for messages."""
    try:
        with path.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(offset, size - 64_000))
            text = log.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-count:])
