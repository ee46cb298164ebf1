"""Reading the first sheet of an XLSX workbook, after looking what it unpacks to."""

import datetime as dt
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from riskbase.shared.tabular.delimited import head_of
from riskbase.shared.tabular.escaping import restored
from riskbase.shared.tabular.faults import Fault, FileRefused
from riskbase.shared.tabular.formats import Format
from riskbase.shared.tabular.limits import MEGABYTE, Limits
from riskbase.shared.tabular.rows import Raw, Table, checked

CHUNK = 1 << 16
FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
LONGEST_NUMBER, HUGE = 12, 10**12
SMALLEST = len("<si/>")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
CONTINUED = re.compile(r"(.+)~([2-9]|[1-9][0-9]+)\Z")
Odd = dict[tuple[int, int], str]
"""(row, column from 0) -> code of what no value can be read of."""


def open_xlsx(path: Path, limits: Limits) -> Table:
    """Open the first sheet. Raises FileRefused; nothing is unpacked beyond the limits."""
    try:
        with zipfile.ZipFile(path) as archive:
            _weigh(archive, limits)
            odd = _odd_cells(archive, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        RuntimeError,
        NotImplementedError,
        KeyError,
        EOFError,
        expat.ExpatError,
    ) as error:
        raise FileRefused("broken") from error
    rows = _values(path)
    filled = [
        (n, row) for n, row in enumerate(rows, start=1) if any(_is_said(v) for v in row)
    ]
    del rows
    if not filled:
        raise FileRefused("empty")
    _number, first = filled[0]
    head = head_of(list(first), limits)
    if len(filled) == 1:
        raise FileRefused("no_rows")
    if len(filled) - 1 > limits.rows:
        raise FileRefused("too_many_rows", most=limits.rows)

    def read() -> Iterator[Raw]:
        for number, row in filled[1:]:
            yield _raw(number, row, head, odd, limits)

    names = tuple(name for name in head if not _is_continued(name, head))
    return Table(Format.XLSX, names, len(filled) - 1, read)


def _weigh(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack every part into nothing, counting: declared sizes may lie."""
    total = 0
    for member in archive.infolist():
        if member.flag_bits & 0x1:
            raise FileRefused("locked")
        head, tail, size = b"", b"", 0
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                heavy = size > MEGABYTE and size > limits.ratio * max(
                    member.compress_size, 1
                )
                if heavy or total + size > limits.expanded_bytes:
                    raise FileRefused("zip_bomb")
                head = head or chunk
                # The reader of the values could read what this search does not.
                if head[:2] in UTF_16:
                    raise FileRefused("broken")
                if _is_xml(head) and FORBIDDEN.search(tail + chunk):
                    raise FileRefused("broken")
                tail = chunk[-16:]
        total += size
        if _is_xml(head) and _promised(head) * SMALLEST > size:
            raise FileRefused("broken")


def _is_xml(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _promised(head: bytes) -> int:
    """Return how many entries the first element of a part says it holds.

    The reader makes room for as many, and ends the whole process when there is none:
    python-calamine 0.9.1, `uniqueCount` of shared strings. An honest part
    has SMALLEST bytes for each of them.
    """
    promised: list[int] = []

    def start(_tag: str, attrs: dict[str, str]) -> None:
        if not promised:
            promised.append(_number(attrs.get("uniqueCount", "")))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    # Only the beginning is at hand: what stands open at its end is no fault.
    parser.Parse(head, False)
    if not promised:
        raise FileRefused("broken")
    return promised[0]


def _number(text: str) -> int:
    """Return the number; what is none, or is longer than any honest one, is huge."""
    text = text.strip() or "0"
    is_short = text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER
    return int(text) if is_short else HUGE


def _parse(archive: zipfile.ZipFile, name: str, on_start: Any) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, attrs: on_start(
        tag.rpartition(" ")[2], attrs
    )
    with archive.open(name) as stream:
        parser.ParseFile(stream)


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Return the part that holds the first sheet."""
    sheets: list[str] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attrs: dict[str, str]) -> None:
        if tag == "sheet":
            sheets.extend(
                value
                for key, value in attrs.items()
                if key.endswith("relationships id")
            )

    def target(tag: str, attrs: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attrs["Id"]] = attrs["Target"]

    _parse(archive, "xl/workbook.xml", sheet)
    _parse(archive, "xl/_rels/workbook.xml.rels", target)
    if not sheets:
        raise FileRefused("broken")
    return posixpath.normpath(posixpath.join("/xl", targets[sheets[0]])).lstrip("/")


def _odd_cells(archive: zipfile.ZipFile, limits: Limits) -> Odd:
    """Find formulas and errors: their stored values are not what was written."""
    odd: Odd = {}
    here = (0, 0)

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal here
        if tag == "c":
            here = _place(attrs.get("r", ""))
            # One cell far out would make the sheet a billion cells large.
            if here[1] >= limits.columns:
                raise FileRefused("too_many_columns", most=limits.columns)
            if here[0] > limits.rows + 1000:
                raise FileRefused("too_many_rows", most=limits.rows)
            if attrs.get("t") == "e":
                odd[here] = "cell_error"
        elif tag == "f":
            odd[here] = "formula"

    _parse(archive, _first_sheet(archive), start)
    return odd


def _place(reference: str) -> tuple[int, int]:
    found = CELL.match(reference)
    if not found:
        raise FileRefused("broken")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _values(path: Path) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    # Its native part tells of damage by panics, which are no Exception of Python's.
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise FileRefused("broken") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise FileRefused("broken") from error
        raise


def _is_said(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def _is_continued(name: str, head: tuple[str, ...]) -> bool:
    found = CONTINUED.match(name)
    return bool(found) and found[1] in head  # type: ignore[index]


def _raw(
    number: int, row: list[Any], head: tuple[str, ...], odd: Odd, limits: Limits
) -> Raw:
    surplus = [value for value in row[len(head) :] if _is_said(value)]
    if surplus:
        params = {"cells": len(row), "columns": len(head)}
        return Raw(number, {}, (Fault(number, "", "ragged", params),))
    row = [*row, *[None] * (len(head) - len(row))]
    cells: dict[str, Any] = {}
    for name, value in zip(head, row, strict=False):
        found = CONTINUED.match(name) if _is_continued(name, head) else None
        if found is None:
            cells[name] = _plain(value)
        elif _is_said(value):
            cells[found[1]] = f"{cells[found[1]]}{value}"
    cells = {
        name: restored(v) if isinstance(v, str) else v for name, v in cells.items()
    }
    faults = [
        Fault(number, name, odd[number, at])
        for at, name in enumerate(head)
        if (number, at) in odd
    ]
    raw = checked(number, cells, limits)
    return Raw(number, raw.cells, (*raw.faults, *faults))


def _plain(value: Any) -> Any:
    """Whole floats are the integers that were typed; midnight is a date."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return None if value == "" else value
