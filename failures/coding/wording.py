"""Where two wordings differ, word by word, and sign by sign in Chinese."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|\s+|[^\s\u3400-\u9fff\uf900-\ufaff]+")
MOST = 4_000
"""Words of both together from which on they are shown whole: comparing is quadratic."""


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: str
    """same, gone or new."""
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Return the pieces of both wordings in reading order.

    The same and the gone ones together are `before`, the same and the new `after`.
    """
    one, other = WORD.findall(before), WORD.findall(after)
    if len(one) + len(other) > MOST:
        return list(_told(("gone", before), ("new", after)))
    found: list[Piece] = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, start, end, start_after, end_after in matcher.get_opcodes():
        gone, came = "".join(one[start:end]), "".join(other[start_after:end_after])
        told = [("same", gone)] if tag == "equal" else [("gone", gone), ("new", came)]
        found += _told(*told)
    return found


def _told(*runs: tuple[str, str]) -> Iterator[Piece]:
    return (Piece(kind, text) for kind, text in runs if text)
