"""Strict reading of nested mappings: every key is asked for, the rest is an error."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from projects.scoring.instrument import Problem

Member = TypeVar("Member", bound=StrEnum)
Default = TypeVar("Default", Fraction, None)


@dataclass
class Findings:
    """Problems gathered over a whole document, and the languages it must speak."""

    languages: frozenset[str]
    problems: list[Problem] = field(default_factory=list)

    def add(
        self, place: str, code: str, params: Mapping[str, object] | None = None
    ) -> None:
        self.problems.append(Problem(code, place, params or {}))


class Entry:
    """One mapping; a value that does not fit is noted and a stand-in returned."""

    def __init__(self, value: object, place: str, findings: Findings) -> None:
        self._values: dict[object, object] = {}
        self._place = place
        self._findings = findings
        if isinstance(value, dict):
            self._values = dict(value)
        else:
            findings.add(place, "not_a_mapping")

    def has(self, key: str) -> bool:
        return key in self._values

    def place(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def note(self, key: str, code: str, **params: object) -> None:
        self._findings.add(self.place(key), code, params)

    def take(self, key: str) -> object:
        """Return any value and tick its key off."""
        if key not in self._values:
            self.note(key, "missing")
            return None
        return self._values.pop(key)

    def text(self, key: str) -> str:
        missing = not self.has(key)
        value = self.take(key)
        if isinstance(value, str) and value.strip():
            return value
        if not missing:
            self.note(key, "not_a_text")
        return ""

    def whole(self, key: str) -> int:
        missing = not self.has(key)
        value = self.take(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if not missing:
            self.note(key, "not_a_whole_number")
        return 0

    def flag(self, key: str, *, default: bool) -> bool:
        if not self.has(key):
            return default
        value = self.take(key)
        if not isinstance(value, bool):
            self.note(key, "not_a_flag")
            return default
        return value

    def member(self, key: str, kind: type[Member], default: Member) -> Member:
        if not self.has(key):
            return default
        written = self.text(key)
        if written not in tuple(kind):
            self.note(key, "not_a_member", members=", ".join(kind))
            return default
        return kind(written)

    def number(self, key: str) -> Fraction:
        missing = not self.has(key)
        number = _exact(self.take(key))
        if number is None and not missing:
            self.note(key, "not_a_number")
        return number if number is not None else Fraction()

    def number_or(self, key: str, default: Default) -> Fraction | Default:
        return self.number(key) if self.has(key) else default

    def numbers(self, key: str) -> tuple[Fraction, ...]:
        """Read a list of numbers."""
        numbers = [_exact(item) for item in self._items(key)]
        if None in numbers:
            self.note(key, "not_numbers")
        return tuple(number for number in numbers if number is not None)

    def points(self, key: str) -> tuple[tuple[Fraction, Fraction], ...]:
        """Read a list of pairs of numbers."""
        points = []
        for pair in self._items(key):
            numbers = [_exact(n) for n in pair] if isinstance(pair, list) else []
            if len(numbers) == 2 and numbers[0] is not None and numbers[1] is not None:
                points.append((numbers[0], numbers[1]))
            else:
                self.note(key, "not_points")
        return tuple(points)

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        items = self._items(key)
        if not all(isinstance(item, str) for item in items):
            self.note(key, "not_texts")
        return tuple(item for item in items if isinstance(item, str))

    def words(self, key: str) -> None:
        """Check a text in every language; with no languages asked, in any."""
        missing = not self.has(key)
        value = self.take(key)
        if missing:
            return
        if not isinstance(value, dict):
            self.note(key, "not_words")
            return
        languages = self._findings.languages
        for language in sorted(languages - set(value)):
            self.note(f"{key}.{language}", "missing_translation")
        for language, text in value.items():
            if languages and language not in languages:
                self.note(f"{key}.{language}", "unknown_language")
            if not isinstance(text, str) or not text.strip():
                self.note(f"{key}.{language}", "empty_text")

    def entry(self, key: str) -> "Entry":
        return Entry(self.take(key), self.place(key), self._findings)

    def entries(self, key: str) -> "list[Entry]":
        return [
            Entry(item, f"{self.place(key)}[{index}]", self._findings)
            for index, item in enumerate(self._items(key))
        ]

    def weights(self, key: str) -> tuple[tuple[str, int], ...]:
        """Read a mapping of slugs to whole numbers, in the order of the slugs."""
        entry = self.entry(key)
        weights = tuple((slug, entry.whole(slug)) for slug in entry)
        entry.finish()
        return weights

    def __iter__(self) -> Iterator[str]:
        keys = (key for key in self._values if isinstance(key, str))
        return iter(sorted(keys))

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._values:
            self.note(str(key), "unknown_key")

    def _items(self, key: str) -> Sequence[object]:
        missing = not self.has(key)
        value = self.take(key)
        if isinstance(value, list):
            return value
        if not missing:
            self.note(key, "not_a_list")
        return ()


def _exact(value: object) -> Fraction | None:
    """Read a number as it is written: 0.1 is one tenth, not its nearest float."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return Fraction(repr(value))
    except ValueError:
        return None
