"""Ctrl-C and SIGTERM as a wish that is granted at the next safe point."""

import signal
import time

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK = 0.1


class StopRequested(Exception):
    """Somebody asked the run to end."""


class Interrupts:
    """Remembers that a signal came; raising only where nothing is half done."""

    def __init__(self) -> None:
        self.requested = False

    def install(self) -> None:
        """Take over the signals that end a run."""
        for number in SIGNALS:
            signal.signal(number, self._note)

    def check(self) -> None:
        """Raise StopRequested when a signal has come."""
        if self.requested:
            raise StopRequested

    def pause(self, seconds: float = TICK) -> None:
        """Sleep, and leave early when a signal comes."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.check()
            time.sleep(min(TICK, left))
        self.check()

    def _note(self, *_: object) -> None:
        self.requested = True
