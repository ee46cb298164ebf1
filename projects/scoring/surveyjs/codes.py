"""Codes made of the names and values of a survey: always the same, and each once."""

import re

from projects.scoring.grammar import RESERVED

LONGEST = 50

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[^a-z0-9]+")


class Codes:
    """Gives each name a code of its own; a code given twice gets a number."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def question(self, name: str) -> str:
        """Return a code that begins with a letter and is no word of conditions."""
        code = _snake(_HUMP.sub("_", name))
        if not code or not code[0].isalpha() or code in RESERVED:
            code = f"{self._prefix}_{code}" if code else self._prefix
        return self._once(code)

    def choice(self, value: str) -> str:
        """Return a code that may begin with a digit."""
        return self._once(_snake(value) or self._prefix)

    def _once(self, code: str) -> str:
        free, number = code, self._last.get(code, 1)
        while free in self._taken:
            number += 1
            free = f"{code}_{number}"
        self._taken.add(free)
        self._last[code] = number
        return free


def _snake(name: str) -> str:
    return _OTHER.sub("_", name[: 4 * LONGEST].lower()).strip("_")[:LONGEST].strip("_")
