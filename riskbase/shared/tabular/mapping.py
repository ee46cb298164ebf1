"""Which column of a file is which of ours, and rows read by that."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from riskbase.shared.tabular.cells import converted
from riskbase.shared.tabular.columns import Column
from riskbase.shared.tabular.faults import CellRefused, Fault, shown
from riskbase.shared.tabular.rows import Raw

Mapped = Mapping[str, str]
"""Name in the file -> name of our column."""


@dataclass(frozen=True)
class Converted:
    """The values of one row, by the names of our columns, and all that is wrong."""

    row: int
    values: Mapping[str, Any]
    faults: tuple[Fault, ...]


def guess(head: Iterable[str], columns: Sequence[Column]) -> dict[str, str]:
    """Return which names of the head are ours: by code, alias or label, each once."""
    names: dict[str, str] = {}
    for column in columns:
        for name in (column.name, *column.aliases, *_labels(column)):
            names.setdefault(_folded(name), column.name)
    found: dict[str, str] = {}
    for name in head:
        target = names.get(_folded(name))
        if target and target not in found.values():
            found[name] = target
    return found


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _labels(column: Column) -> set[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(column.label))
    return found


def missing(mapped: Mapped, columns: Sequence[Column]) -> list[Column]:
    """Return the required columns that no column of the file gives."""
    given = set(mapped.values())
    return [
        column for column in columns if column.is_required and column.name not in given
    ]


def doubled(mapped: Mapped) -> list[str]:
    """Return the names of our columns that several columns of the file give."""
    targets = list(mapped.values())
    return sorted({name for name in targets if targets.count(name) > 1})


def convert(raw: Raw, mapped: Mapped, columns: Sequence[Column]) -> Converted:
    """Return the row's values and every fault of its mapped cells.

    Columns that are not mapped are absent from the values. Faults name the column as
    the file does.
    """
    whole = [fault for fault in raw.faults if not fault.column]
    if whole:
        return Converted(raw.row, {}, tuple(whole))
    faults = [fault for fault in raw.faults if fault.column in mapped]
    spoiled = {fault.column for fault in faults}
    by_name = {column.name: column for column in columns}
    values: dict[str, Any] = {}
    for name, target in mapped.items():
        if name in spoiled:
            continue
        cell = raw.cells.get(name)
        try:
            values[target] = converted(cell, by_name[target])
        except CellRefused as refusal:
            faults.append(
                Fault(
                    raw.row,
                    name,
                    refusal.code,
                    refusal.params,
                    shown(cell if cell is not None else ""),
                )
            )
    return Converted(raw.row, values, tuple(faults))
