"""A table that was opened: its head, and its rows with what is wrong with each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from riskbase.shared.tabular.faults import Fault, shown
from riskbase.shared.tabular.formats import Format
from riskbase.shared.tabular.limits import Limits

LAYOUT = "\t\n\r"


@dataclass(frozen=True)
class Raw:
    """One row as it stands in the file."""

    row: int
    cells: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Table:
    """A readable file; iterating reads it again from the start."""

    format: Format
    head: tuple[str, ...]
    count: int
    """Rows below the head, blank ones left out."""
    read: Callable[[], Iterator[Raw]]

    def __iter__(self) -> Iterator[Raw]:
        return self.read()


class NotFinite:
    """NaN or infinity in JSON."""

    def __repr__(self) -> str:
        return "NaN"


def checked(row: int, cells: Mapping[str, Any], limits: Limits) -> Raw:
    """Return the row with the faults of its cells, whatever their columns hold."""
    faults = []
    for column, value in cells.items():
        found = _fault_of(value, limits, 0)
        if found:
            code, params = found
            faults.append(Fault(row, column, code, params, shown(value)))
    return Raw(row, cells, tuple(faults))


def _fault_of(
    value: Any, limits: Limits, depth: int
) -> tuple[str, dict[str, Any]] | None:
    if isinstance(value, str):
        return _text_fault(value, limits)
    if isinstance(value, NotFinite):
        return "not_finite", {}
    if isinstance(value, list | dict):
        if depth >= limits.depth:
            return "too_deep", {}
        inner = [*value, *value.values()] if isinstance(value, dict) else value
        found = (_fault_of(each, limits, depth + 1) for each in inner)
        return next((fault for fault in found if fault), None)
    return None


def _text_fault(text: str, limits: Limits) -> tuple[str, dict[str, Any]] | None:
    if len(text) > limits.cell:
        return "too_long", {"length": len(text), "most": limits.cell}
    if text.isprintable():
        return None
    for letter in text:
        if "\ud800" <= letter <= "\udfff":
            return "surrogate", {}
        if (letter < " " and letter not in LAYOUT) or letter == "\x7f":
            return "control", {}
    return None
