"""Keeping services alive: restarts with growing pauses, until it is hopeless."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from riskbase.embedded.processes import ServerError

# A service which has run for this long is not one that cannot start.
HEALTHY_AFTER = 20.0
FAILURES = 5
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0


class Service(Protocol):
    """Something that can be started, dies, and left a log."""

    def start(self) -> None: ...

    def alive(self) -> bool: ...


class GaveUpError(RuntimeError):
    """A service died too often in a row."""


@dataclass
class Watch:
    """The restarts of one service."""

    name: str
    service: Service
    last_words: Callable[[], str]
    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    failures: int = field(default=0, init=False)
    started_at: float = field(default=0.0, init=False)
    start_again_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the service."""
        self.start_again_at = None
        self.started_at = self.clock()
        self.service.start()

    def look(self) -> None:
        """Restart a dead service when its pause is over; GaveUpError after five deaths."""
        if self.service.alive():
            return
        if self.start_again_at is None:
            self._mourn()
        elif self.clock() >= self.start_again_at:
            self._start_again()

    def _start_again(self) -> None:
        try:
            self.start()
        except ServerError as error:
            self.say(str(error))

    def _mourn(self) -> None:
        if self.clock() - self.started_at >= HEALTHY_AFTER:
            self.failures = 0
        self.failures += 1
        if self.failures >= FAILURES:
            raise GaveUpError(
                f"{self.name} ended {FAILURES} times in a row. Its last lines:\n"
                f"{self.last_words()}"
            )
        pause = min(FIRST_PAUSE * 2 ** (self.failures - 1), LONGEST_PAUSE)
        self.start_again_at = self.clock() + pause
        self.say(f"{self.name} ended; starting it again in {pause:g} s.")
