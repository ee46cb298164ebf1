"""Reads the text of a questionnaire, YAML or JSON, and remembers what stands where.

The events of the parser are looked at one by one before anything is built, so that a
text made to exhaust its reader is refused where it begins to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from projects.scoring.scalars import NUMBER_CHARACTERS, ScalarError, plain
from projects.scoring.sentences import sentence

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_KEY = 100

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)
_JSON = re.compile(r'\s*\{\s*"')
_SEPARATORS = {ord(one): f"\\u{ord(one):04x}" for one in "\u0085\u2028\u2029"}
_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]{1,6})\]")
_MOST = {
    "too_large": MAX_BYTES,
    "too_deep": MAX_DEPTH,
    "too_many_nodes": MAX_NODES,
    "key_too_long": MAX_KEY,
    "number_too_long": NUMBER_CHARACTERS,
}

Key: TypeAlias = str | int


class SourceError(ValueError):
    """A text that is refused; line and column count from 1."""

    def __init__(self, code: str, line: int, column: int, **params: object) -> None:
        super().__init__(code, line, column)
        self.code = code
        self.line = line
        self.column = column
        most = {"most": _MOST[code]} if code in _MOST else {}
        self.params = {**most, **params}

    def __str__(self) -> str:
        said = sentence(self.code, self.params)
        place = {"line": self.line, "column": self.column, "sentence": said}
        return sentence("at_line", place)


@dataclass(slots=True)
class Spot:
    """Where a value stands, with the spots of what is inside it."""

    line: int
    column: int
    inner: "dict[Key, Spot]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A document and where its parts stand in the text."""

    document: dict[str, Any]
    root: Spot

    def line_of(self, place: str) -> tuple[int, int]:
        """Return line and column, from 1, of a place or of the part that lacks it."""
        spot = self.root
        for step in _STEP.finditer(place):
            key: Key = int(step[2]) if step[2] else step[1]
            if key not in spot.inner:
                break
            spot = spot.inner[key]
        return spot.line, spot.column


def read(text: str | bytes) -> Source:
    """Read a document, or raise SourceError at the first thing that is refused."""
    decoded = _as_yaml(_decoded(text))
    building = _Building()
    try:
        for event in _events(decoded):
            building.take(event)
    except yaml.YAMLError as error:
        raise _unreadable(error) from error
    return building.source()


def _decoded(text: str | bytes) -> str:
    if len(text) > MAX_BYTES:
        raise SourceError("too_large", 1, 1)
    if isinstance(text, bytes):
        text = _from_bytes(text)
    found = _CONTROL.search(text)
    if found:
        raise SourceError("control_character", *_position(text[: found.start()]))
    if len(text.encode()) > MAX_BYTES:
        raise SourceError("too_large", 1, 1)
    return text.removeprefix("\ufeff")


def _from_bytes(encoded: bytes) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        before = encoded[: error.start].decode()
        raise SourceError("undecodable", *_position(before)) from error


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _as_yaml(text: str) -> str:
    """Write what JSON allows and YAML reads otherwise in the way of YAML.

    JSON writes a character beyond the first plane in two halves, and lets stand the
    separators of lines that YAML folds.
    """
    text = _PAIR.sub(lambda pair: pair[1] + _whole(pair[2], pair[3]), text)
    if _JSON.match(text):
        text = text.translate(_SEPARATORS)
    return text


def _whole(high: str, low: str) -> str:
    upper, lower = int(high, 16) - 0xD800, int(low, 16) - 0xDC00
    return chr(0x10000 + (upper << 10) + lower)


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _unreadable(error: yaml.YAMLError) -> SourceError:
    mark = getattr(error, "problem_mark", None)
    detail = getattr(error, "problem", None) or getattr(error, "reason", "")
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return SourceError("not_yaml", line, column, detail=detail)


class _Building:
    """The document as far as its events have come."""

    def __init__(self) -> None:
        self._root: Any = None
        self._spot: Spot | None = None
        self._open: list[_Level] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take one more event, or raise SourceError."""
        match event:
            case yaml.ScalarEvent():
                self._place(event, _value(event))
            case yaml.SequenceStartEvent():
                self._enter(event, [])
            case yaml.MappingStartEvent():
                self._enter(event, {})
            case yaml.CollectionEndEvent():
                self._open.pop()
            case yaml.AliasEvent():
                raise _refused("alias", event)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _refused("several_documents", event)

    def source(self) -> Source:
        """Return what was built once the events have ended."""
        if self._spot is None:
            raise SourceError("empty_document", 1, 1)
        if not isinstance(self._root, dict):
            raise SourceError("not_a_document", self._spot.line, self._spot.column)
        return Source(self._root, self._spot)

    def _enter(self, event: Any, container: Any) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _refused("too_deep", event)
        self._place(event, container)

    def _place(self, event: Any, value: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _refused("too_many_nodes", event)
        if event.anchor is not None:
            raise _refused("alias", event)
        if event.tag is not None:
            raise _refused("tag", event)
        if self._open:
            spot = self._open[-1].add(event, value)
        else:
            self._root = value
            spot = self._spot = _spot(event)
        if isinstance(value, dict | list):
            self._open.append(_Level(value, spot))


class _Level:
    """A mapping or list that is not closed yet, and the key that waits in it."""

    def __init__(self, container: Any, spot: Spot) -> None:
        self._container = container
        self._spot = spot
        self._key: str | None = None
        self._key_spot = spot

    def add(self, event: yaml.Event, value: Any) -> Spot:
        """Put a value in, or take it as the next key."""
        if isinstance(self._container, list):
            return self._item(len(self._container), value, _spot(event))
        if self._key is None:
            self._key = self._checked(event, value)
            self._key_spot = _spot(event)
            return self._key_spot
        key, self._key = self._key, None
        return self._item(key, value, self._key_spot)

    def _item(self, key: Key, value: Any, spot: Spot) -> Spot:
        if isinstance(self._container, list):
            self._container.append(value)
        else:
            self._container[key] = value
        self._spot.inner[key] = spot
        return spot

    def _checked(self, event: yaml.Event, key: Any) -> str:
        if not isinstance(key, str):
            raise _refused("key_not_text", event)
        if len(key) > MAX_KEY:
            raise _refused("key_too_long", event)
        if key in self._container:
            raise _refused("duplicate_key", event, key=key)
        return key


def _value(event: yaml.ScalarEvent) -> Any:
    if _CONTROL.search(event.value):
        raise _refused("control_character", event)
    if not event.implicit[0]:
        return event.value
    try:
        return plain(event.value)
    except ScalarError as error:
        raise _refused(error.code, event) from error


def _spot(event: Any) -> Spot:
    return Spot(event.start_mark.line + 1, event.start_mark.column + 1)


def _refused(code: str, event: Any, **params: object) -> SourceError:
    mark = event.start_mark
    return SourceError(code, mark.line + 1, mark.column + 1, **params)
