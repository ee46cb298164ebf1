"""Taking values out of a content document, every fault told with its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("en", "ru", "zh-hans")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SEED = re.compile(r"S\d\.\d+")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: `nodes[lk-temporal].title.ru`."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class DocumentError(ValueError):
    """The document cannot be loaded; `problems` holds all that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems[:20]))
        self.problems = tuple(problems)


class Reader:
    """Takes values out of a document and remembers what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(self, place: str, message: str) -> None:
        self.problems.append(Problem(place, message))

    def raise_if_any(self) -> None:
        if self.problems:
            raise DocumentError(self.problems)

    def mapping(self, value: object, place: str) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return value
        self.note(place, "not a mapping")
        return {}

    def sequence(self, value: object, place: str) -> Sequence[Any]:
        if isinstance(value, list | tuple):
            return value
        self.note(place, "not a list")
        return ()

    def keys(
        self,
        entry: Mapping[str, Any],
        place: str,
        known: frozenset[str],
        optional: frozenset[str] = frozenset(),
    ) -> None:
        """Note unknown and missing keys."""
        for key in sorted(set(map(str, entry)) - known):
            self.note(f"{place}.{key}", "unknown key")
        for key in sorted(known - optional - set(entry)):
            self.note(f"{place}.{key}", "missing")

    def text(self, value: object, place: str) -> str:
        if isinstance(value, str) and value.strip() and "\0" not in value:
            return value.strip()
        self.note(place, "not a text")
        return ""

    def slug(self, value: object, place: str) -> str:
        if isinstance(value, str) and SLUG.fullmatch(value):
            return value
        self.note(place, f"not a slug: {value!r}")
        return ""

    def flag(self, value: object, place: str) -> bool:
        if isinstance(value, bool):
            return value
        self.note(place, "neither true nor false")
        return False

    def words(
        self, value: object, place: str, *, empty: bool = False
    ) -> Mapping[str, str]:
        """Read a text in exactly the languages of the product, or with `empty` none."""
        if empty and not value:
            return {}
        entry = self.mapping(value, place)
        self.keys(entry, place, frozenset(LANGUAGES))
        return {
            language: self.text(entry[language], f"{place}.{language}")
            for language in LANGUAGES
            if language in entry
        }

    def many_words(self, value: object, place: str) -> tuple[Mapping[str, str], ...]:
        items = self.sequence(value, place)
        return tuple(self.words(item, f"{place}[{i}]") for i, item in enumerate(items))

    def slugs(self, value: object, place: str) -> tuple[str, ...]:
        items = self.sequence(value, place)
        return tuple(self.slug(item, f"{place}[{i}]") for i, item in enumerate(items))

    def seeds(self, value: object, place: str) -> tuple[str, ...]:
        items = self.sequence(value, place)
        for index, item in enumerate(items):
            if not (isinstance(item, str) and SEED.fullmatch(item)):
                self.note(f"{place}[{index}]", f"not a seed id: {item!r}")
        return tuple(map(str, items))

    def member(
        self, value: object, place: str, allowed: frozenset[str], *, empty: bool = False
    ) -> str:
        """Read one of `allowed`; with `empty`, absence reads as an empty text."""
        if empty and value in {None, ""}:
            return ""
        if isinstance(value, str) and value in allowed:
            return value
        self.note(place, f"not one of the known values: {value!r}")
        return ""

    def number(self, value: object, place: str) -> float | None:
        """Read a number or nothing."""
        if value is None or (
            isinstance(value, int | float) and not isinstance(value, bool)
        ):
            return value
        self.note(place, f"not a number: {value!r}")
        return None

    def whole(self, value: object, place: str) -> int | None:
        """Read a whole number, zero or more, or nothing."""
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.note(place, f"not a whole number: {value!r}")
        return None
