"""Reading CSV: comma, semicolon, tab or bar, with or without Excel's own marks."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riskbase.shared.tabular.escaping import restored
from riskbase.shared.tabular.faults import Fault, FileRefused
from riskbase.shared.tabular.formats import Format
from riskbase.shared.tabular.limits import Limits
from riskbase.shared.tabular.rows import Raw, Table, checked
from riskbase.shared.tabular.text import encoding_of

DELIMITERS = ",;\t|"
Record = tuple[int, list[str], str]
"""Row number, cells, and the code of a fault that concerns the whole row."""


def open_csv(path: Path, limits: Limits) -> Table:
    """Open a CSV file, having read all of it once. Raises FileRefused."""
    encoding = encoding_of(path)
    delimiter = _delimiter(path, encoding)
    records = _records(path, encoding, delimiter, limits)
    first = next(records, None)
    if first is None:
        raise FileRefused("empty")
    head = head_of(first[1], limits)
    count = sum(1 for _ in records)
    if not count:
        raise FileRefused("no_rows")

    def read() -> Iterator[Raw]:
        rows = _records(path, encoding, delimiter, limits)
        next(rows)
        for row, cells, fault in rows:
            yield _raw(row, cells, fault, head, limits)

    return Table(Format.CSV, head, count, read)


def head_of(cells: list[Any], limits: Limits) -> tuple[str, ...]:
    """Return the names of the columns. Raises FileRefused."""
    names = [" ".join(str(cell if cell is not None else "").split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names or not all(names):
        raise FileRefused("no_head")
    if len(names) > limits.columns:
        raise FileRefused("too_many_columns", most=limits.columns)
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise FileRefused("duplicate_heads", names=", ".join(doubled)[:200])
    return tuple(names)


def _delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as stream:
        line = stream.readline(1 << 20)
    if line.lower().startswith("sep=") and len(line.strip()) == len("sep=") + 1:
        return line.strip()[-1]
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _records(
    path: Path, encoding: str, delimiter: str, limits: Limits
) -> Iterator[Record]:
    """Yield the records that are not blank, numbered as a spreadsheet shows them."""
    # One setting of the whole process: a field cannot be longer than the file.
    csv.field_size_limit(max(limits.file_bytes, csv.field_size_limit()))
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        row = found = 0
        while True:
            row += 1
            cells, fault = [], ""
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if "unexpected end" in str(error):
                    raise FileRefused("unclosed_quote", row=row) from error
                fault = "quotes"
            is_mark = row == 1 and "".join(cells).lower().startswith("sep=")
            if is_mark or (not fault and not any(cell.strip() for cell in cells)):
                continue
            found += 1
            # The head is one of them.
            if found > limits.rows + 1:
                raise FileRefused("too_many_rows", most=limits.rows)
            yield row, cells, fault


def _raw(
    row: int, cells: list[str], fault: str, head: tuple[str, ...], limits: Limits
) -> Raw:
    if fault:
        return Raw(row, {}, (Fault(row, "", fault),))
    while len(cells) > len(head) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(head):
        params = {"cells": len(cells), "columns": len(head)}
        return Raw(row, {}, (Fault(row, "", "ragged", params),))
    texts = (restored(cell) for cell in cells)
    return checked(row, dict(zip(head, texts, strict=True)), limits)
