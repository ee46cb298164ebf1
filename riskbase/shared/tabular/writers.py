"""Writing rows as CSV, XLSX, JSON or lines of JSON, piece by piece."""

import csv
import datetime as dt
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import Any

import xlsxwriter

from riskbase.shared.tabular.escaping import escaped
from riskbase.shared.tabular.formats import Format

Row = Mapping[str, Any]
BATCH = 200
LONGEST_CELL = 32_000
"""A cell of a workbook holds 32,767 units of UTF-16; longer text goes on beside it."""
ONE_UNIT = "\uffff"
"""The last character that UTF-16 writes as one unit; later ones take two."""
SHEET = "Sheet1"
TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
    Format.NDJSON: "application/x-ndjson",
}


def chunks(kind: Format, names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the file's bytes; memory does not grow with the rows, but for XLSX on disk."""
    writer = {
        Format.CSV: _csv,
        Format.XLSX: _xlsx,
        Format.JSON: _json,
        Format.NDJSON: _lines,
    }
    return writer[kind](names, rows)


def flat(value: Any) -> str | int | float | Decimal | None:
    """Return a value as one cell: lists and objects as JSON, days as ISO 8601."""
    if value is None or value == "" or value in ([], {}):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, int | float | Decimal) else str(value)


def _csv(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Begin with the mark by which Excel knows UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([escaped(name) for name in names])
    rows = iter(rows)
    while True:
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
        batch = list(islice(rows, BATCH))
        if not batch:
            return
        for row in batch:
            cells = (flat(row.get(name)) for name in names)
            writer.writerow([escaped(c) if isinstance(c, str) else c for c in cells])


def _lines(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    for row in rows:
        yield (_object(names, row) + "\n").encode()


def _json(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    start = "[\n"
    for row in rows:
        yield (start + _object(names, row)).encode()
        start = ",\n"
    yield (b"[]\n" if start == "[\n" else b"\n]\n")


def _object(names: Sequence[str], row: Row) -> str:
    said = {
        name: row[name] for name in names if row.get(name) not in (None, "", [], {})
    }
    return json.dumps(said, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _xlsx(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        _workbook(file, names, rows)
        file.seek(0)
        while chunk := file.read(1 << 16):
            yield chunk


def _workbook(file: Any, names: Sequence[str], rows: Iterable[Row]) -> None:
    held = [[flat(row.get(name)) for name in names] for row in rows]
    parts = [
        max((_parts(row[at]) for row in held), default=1) for at in range(len(names))
    ]
    heads = chain.from_iterable(
        [name, *(f"{name}~{number}" for number in range(2, count + 1))]
        for name, count in zip(names, parts, strict=True)
    )
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True})
        for at, name in enumerate(heads):
            sheet.write_string(0, at, name, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(held, start=1):
            _write_row(sheet, number, row, parts)


def _write_row(sheet: Any, number: int, row: list[Any], parts: list[int]) -> None:
    at = 0
    for cell, count in zip(row, parts, strict=True):
        if isinstance(cell, str):
            text, size = escaped(cell), _size(cell)
            for part in range(count):
                piece = text[part * size : (part + 1) * size]
                if piece and sheet.write_string(number, at + part, piece):
                    raise ValueError("a cell was cut")
        elif _is_longer(cell):
            sheet.write_string(number, at, str(cell))
        elif cell is not None:
            sheet.write_number(number, at, cell)
        at += count


def _is_longer(cell: Any) -> bool:
    """Return whether it is a number that a workbook, with 16 digits, does not hold."""
    if isinstance(cell, Decimal):
        return len(cell.as_tuple().digits) > 15
    return isinstance(cell, float) and float(f"{cell:.16G}") != cell


def _size(cell: str) -> int:
    """Return how many of the text's characters a cell surely holds."""
    return LONGEST_CELL if max(cell, default="") <= ONE_UNIT else LONGEST_CELL // 2


def _parts(cell: Any) -> int:
    if not isinstance(cell, str):
        return 1
    # One more character: the apostrophe of an escaped text.
    return (len(cell) + _size(cell)) // _size(cell)
