"""Showing what matters of a log while it grows."""

import re
from pathlib import Path

WORTH_SHOWING = re.compile(r"\b(warning|error|critical|exception)\b", re.IGNORECASE)
LONGEST_LINE = 400


class LogEcho:
    """Reads what was added to a log and picks the lines people should see."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.position = path.stat().st_size if path.exists() else 0
        self.rest = b""

    def fresh(self) -> list[str]:
        """Return new whole lines at warning level or above."""
        try:
            with self.path.open("rb") as log:
                log.seek(self.position)
                added = log.read()
        except FileNotFoundError:
            return []
        self.position += len(added)
        *lines, self.rest = (self.rest + added).split(b"\n")
        texts = (line.decode(errors="replace").rstrip() for line in lines)
        return [text[:LONGEST_LINE] for text in texts if WORTH_SHOWING.search(text)]
