"""What became of a survey: counts, names, and everything not understood or dropped.

Entries are codes with parameters; whoever shows them finds the words.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MAX_ENTRIES = 300
MAX_WRITTEN = 300
"""Characters of a parameter that comes from the survey."""


class Weight(StrEnum):
    """How bad an entry is."""

    WARNING = "warning"
    NOTE = "note"


WARNINGS = frozenset(
    {
        "condition_not_understood",
        "unknown_type",
        "no_choices",
        "ignored_setting",
        "bad_points",
        "duplicate_choice",
        "duplicate_name",
        "nothing_scored",
        "points_missing",
        "too_deep",
        "many_languages",
        "malformed",
    }
)
"""What means something else now, or is lost; the rest is worth knowing."""

NOTES = frozenset(
    {
        "text_left_out",
        "empty_page",
        "panel_title",
        "untranslated",
        "language_read_as",
        "markup_removed",
        "other_written",
        "one_choice",
        "more_entries",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to know; the place is a path of names, such as `page/panel/question`."""

    code: str
    place: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def weight(self) -> Weight:
        return Weight.WARNING if self.code in WARNINGS else Weight.NOTE

    def to_json(self) -> dict[str, object]:
        return {
            "severity": self.weight.value,
            "code": self.code,
            "place": self.place,
            "params": dict(self.params),
        }


@dataclass
class Report:
    """Filled while a survey is read."""

    counts: Counter[str] = field(default_factory=Counter)
    languages: tuple[str, ...] = ()
    scales: dict[str, dict[str, int]] = field(default_factory=dict)
    """Scale to its number of `questions` and the `most` points they give."""
    names: dict[str, str] = field(default_factory=dict)
    """Name in the survey to the code of the question."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """Code of a question to its choices: value in the survey to code."""
    _entries: list[Entry] = field(default_factory=list)
    _more: int = 0

    @property
    def entries(self) -> list[Entry]:
        """All entries, warnings first, else in the order of the survey."""
        found = sorted(self._entries, key=lambda entry: entry.weight is Weight.NOTE)
        if self._more:
            found.append(Entry("more_entries", "", {"count": self._more}))
        return found

    def add(self, code: str, place: str, **params: object) -> None:
        """Note something once; beyond a limit it is only counted."""
        short = {key: _short(value) for key, value in params.items()}
        entry = Entry(code, place[:MAX_WRITTEN], short)
        if self._entries and self._entries[-1] == entry:
            return
        if len(self._entries) < MAX_ENTRIES:
            self._entries.append(entry)
        else:
            self._more += 1

    def to_json(self) -> dict[str, object]:
        return {
            "counts": dict(sorted(self.counts.items())),
            "languages": list(self.languages),
            "scales": self.scales,
            "names": self.names,
            "entries": [entry.to_json() for entry in self.entries],
        }


def _short(value: object) -> object:
    if isinstance(value, int):
        return value
    written = str(value)
    return written if len(written) <= MAX_WRITTEN else f"{written[:MAX_WRITTEN]}…"
