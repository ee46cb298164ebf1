"""Reading JSON and lines of JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riskbase.shared.tabular.faults import Fault, FileRefused, shown
from riskbase.shared.tabular.formats import Format
from riskbase.shared.tabular.limits import Limits
from riskbase.shared.tabular.rows import NotFinite, Raw, Table, checked
from riskbase.shared.tabular.text import encoding_of


class Members(dict[str, Any]):
    """An object of JSON; `doubled` are the members it names twice."""

    doubled: tuple[str, ...] = ()


def _members(pairs: list[tuple[str, Any]]) -> Members:
    found = Members(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        found.doubled = tuple(sorted({name for name in names if names.count(name) > 1}))
    return found


def _parsed(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_members, parse_constant=lambda _name: NotFinite()
    )


def open_json(path: Path, limits: Limits) -> Table:
    """Open a list of objects, alone or as the one list of an object."""
    text = path.read_text(encoding_of(path))
    try:
        items = _list_in(_parsed(text))
    except json.JSONDecodeError as error:
        raise FileRefused(
            "json_broken", line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        raise FileRefused("too_deep") from error
    numbered = list(enumerate(items, start=2))
    return _table(
        Format.JSON, lambda: (_raw(row, item, limits) for row, item in numbered), limits
    )


def open_lines(path: Path, limits: Limits) -> Table:
    """Open a file with an object in each line; blank lines are skipped."""
    encoding = encoding_of(path)

    def read() -> Iterator[Raw]:
        with path.open(encoding=encoding) as stream:
            filled = (line for line in stream if line.strip())
            for row, line in enumerate(filled, start=2):
                try:
                    item = _parsed(line)
                except (json.JSONDecodeError, RecursionError):
                    yield Raw(row, {}, (Fault(row, "", "json_line", {}, shown(line)),))
                else:
                    yield _raw(row, item, limits)

    return _table(Format.NDJSON, read, limits)


def _list_in(document: Any) -> list[Any]:
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list)]
        if len(lists) != 1:
            # One object alone is a table of one row.
            return [document] if not lists or len(document) > 1 else lists[0]
        # A record may hold a list of its own: it is then no wrapper.
        wrapped = all(isinstance(each, dict) for each in lists[0])
        return lists[0] if wrapped and len(document) <= 3 else [document]
    if not isinstance(document, list):
        raise FileRefused("not_table")
    return document


def _raw(row: int, item: Any, limits: Limits) -> Raw:
    if not isinstance(item, dict):
        return Raw(row, {}, (Fault(row, "", "not_object", {}, shown(item)),))
    if isinstance(item, Members) and item.doubled:
        params = {"names": ", ".join(item.doubled)[:200]}
        return Raw(row, {}, (Fault(row, "", "duplicate_members", params),))
    return checked(row, item, limits)


def _table(kind: Format, read: Any, limits: Limits) -> Table:
    """Read all once: for the head, which is all members in the order first seen."""
    head: dict[str, None] = {}
    count = 0
    for raw in read():
        count += 1
        if count > limits.rows:
            raise FileRefused("too_many_rows", most=limits.rows)
        head.update(dict.fromkeys(raw.cells))
        if len(head) > limits.columns:
            raise FileRefused("too_many_columns", most=limits.columns)
    if not count:
        raise FileRefused("no_rows")
    return Table(kind, tuple(head), count, read)
