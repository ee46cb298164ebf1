"""What differs between two documents, told by part and by the code of the part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a part of a document is."""

    QUESTIONNAIRE = "questionnaire"
    SECTION = "section"
    QUESTION = "question"
    GATE = "gate"


class Fate(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value that differs; None: it is not there. Choices stand by their code."""

    path: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """A part that differs, with each value that does."""

    kind: Kind
    code: str
    fate: Fate
    leaves: tuple[Leaf, ...]


UNTOLD = ("version",)
"""Differs between any two versions."""


def changes_between(
    before: Mapping[str, object], after: Mapping[str, object]
) -> list[Change]:
    """Return the differing parts: in the order of the newer document, removed ones last.

    Either document may be unfinished: what has no code is left out.
    """
    old, new = dict(_parts(before)), dict(_parts(after))
    keys = [*new, *(key for key in old if key not in new)]
    found = (_change(key, old.get(key), new.get(key)) for key in keys)
    return [change for change in found if change.leaves]


def _change(
    key: tuple[Kind, str],
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> Change:
    old, new = dict(_leaves(before or {})), dict(_leaves(after or {}))
    fate = Fate.CHANGED
    if before is None or after is None:
        fate = Fate.ADDED if before is None else Fate.REMOVED
    leaves = tuple(
        Leaf(path, old.get(path), new.get(path))
        for path in {**new, **old}
        if old.get(path) != new.get(path)
    )
    return Change(*key, fate, leaves)


def _parts(
    document: Mapping[str, object],
) -> Iterator[tuple[tuple[Kind, str], dict[str, object]]]:
    apart = {*UNTOLD, "sections", "gates"}
    frame = {key: value for key, value in document.items() if key not in apart}
    yield (Kind.QUESTIONNAIRE, ""), frame
    for section in _coded(document.get("sections")):
        inner = {key: value for key, value in section.items() if key != "questions"}
        yield (Kind.SECTION, str(section["code"])), inner
        for question in _coded(section.get("questions")):
            placed = {**question, "section": section["code"]}
            yield (Kind.QUESTION, str(question["code"])), placed
    for gate in _coded(document.get("gates")):
        yield (Kind.GATE, str(gate["code"])), gate


def _coded(items: object) -> Iterator[dict[str, object]]:
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and isinstance(item.get("code"), str):
            yield item


def _leaves(part: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield the values of a part by path; coded items of lists by code, others by place."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(part, list) and part:
        for place, item in enumerate(part, 1):
            code = item.get("code") if isinstance(item, Mapping) else None
            yield from _leaves(item, f"{path}[{code or place}]")
    else:
        yield path, part
