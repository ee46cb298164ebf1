"""Which lines of two texts differ."""

from dataclasses import dataclass
from difflib import SequenceMatcher

MAX_LINES = 20_000
"""Longer texts are told as wholly different: comparing them would take too long."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines of one text in the place of lines of the other; numbers count from 1."""

    before_line: int
    before: tuple[str, ...]
    after_line: int
    after: tuple[str, ...]

    @property
    def before_text(self) -> str:
        return "\n".join(self.before)

    @property
    def after_text(self) -> str:
        return "\n".join(self.after)


def hunks(before: str, after: str) -> list[Hunk]:
    """Return the differing lines, in order; nothing for equal texts."""
    old, new = before.splitlines(), after.splitlines()
    if old == new:
        return []
    if max(len(old), len(new)) > MAX_LINES:
        return [Hunk(1, tuple(old), 1, tuple(new))]
    matcher = SequenceMatcher(None, old, new, autojunk=True)
    return [
        Hunk(a + 1, tuple(old[a:b]), c + 1, tuple(new[c:d]))
        for word, a, b, c, d in matcher.get_opcodes()
        if word != "equal"
    ]
