"""What the person at the terminal sees: one line per step, plain without a terminal."""

import contextlib
import sys
import time
from collections.abc import Iterator

from rich.console import Console

STYLES = {"·": "dim", "✓": "green", "!": "yellow", "✗": "bold red"}


class Screen:
    """Writes progress lines and messages."""

    def __init__(self) -> None:
        self.rich = Console(highlight=False) if sys.stdout.isatty() else None

    def line(self, text: str, mark: str = "·") -> None:
        """Write one line; never wrapped, so that a password can be copied."""
        if self.rich is None:
            sys.stdout.write(f"{mark} {text}\n")
            sys.stdout.flush()
            return
        self.rich.print(
            f"{mark} {text}", style=STYLES.get(mark), markup=False, soft_wrap=True
        )

    def warn(self, text: str) -> None:
        """Write something to be aware of."""
        self.line(text, "!")

    def fail(self, text: str) -> None:
        """Write why the run ends."""
        self.line(text, "✗")

    @contextlib.contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Announce a step, then say how long it took."""
        started = time.monotonic()
        # No spinner: it would be a thread, and processes are forked from here.
        self.line(f"{text} …")
        yield
        self.line(f"{text} ({time.monotonic() - started:.1f} s)", "✓")
