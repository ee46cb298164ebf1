"""Reading the AI Incident Database's CSV: each row checked, each fault told."""

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from failures.choices import FIRST_DAY, LAST_DAY
from failures.services.incidents import Incident

COLUMNS = (
    "incident_id",
    "date",
    "title",
    "description",
    "Alleged deployer of AI system",
    "Alleged developer of AI system",
)
LONGEST = {"title": 200, "description": 20_000}
LONGEST_ORGANIZATION = 200
FIELD_LIMIT = 2_000_000
REPORT_HEAD = ("row", "column", "code", "message")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row; `row` counts as a spreadsheet does, the head is 1."""

    row: int
    column: str
    code: str
    message: str


class UnreadableFile(ValueError):
    """The file is not the CSV we know."""


class RowRefused(ValueError):
    """This row cannot be imported."""

    def __init__(self, column: str, code: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.code = code


@dataclass
class Reading:
    """The rows that can be imported, and the faults of the others."""

    incidents: list[Incident] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0


def read_incidents(path: Path) -> Reading:
    """Read the file. Raises UnreadableFile when it cannot be read as a whole."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return _read(stream)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path} is not UTF-8 text.") from error
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}.") from error
    except csv.Error as error:
        raise UnreadableFile(f"{path} is not CSV: {error}.") from error


def _read(stream: IO[str]) -> Reading:
    csv.field_size_limit(FIELD_LIMIT)
    # A NUL ends the csv module's patience: mark it, so that only its row is refused.
    table = csv.DictReader(line.replace("\0", "\N{SYMBOL FOR NULL}") for line in stream)
    missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
    if missing:
        raise UnreadableFile(f"Missing columns: {', '.join(missing)}.")
    reading = Reading()
    seen: dict[int, int] = {}
    for number, row in _numbered(table):
        reading.rows += 1
        try:
            incident = _incident(row)
            if incident.number in seen:
                raise RowRefused(
                    "incident_id",
                    "duplicate",
                    f"Incident {incident.number} stands in row {seen[incident.number]} already.",
                )
        except RowRefused as refusal:
            fault = Fault(number, refusal.column, refusal.code, str(refusal))
            reading.faults.append(fault)
        else:
            seen[incident.number] = number
            reading.incidents.append(incident)
    return reading


def _numbered(
    table: Iterable[Mapping[str, str | None]],
) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    return enumerate(table, start=2)


def _incident(row: Mapping[str, str | None]) -> Incident:
    number = _value(row, "incident_id")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        code = "invalid" if number else "missing"
        raise RowRefused("incident_id", code, "The incident has no valid number.")
    return Incident(
        number=int(number),
        on=_day(_value(row, "date")),
        title=_text(row, "title"),
        summary=_text(row, "description"),
        organization=_organization(row),
    )


def _value(row: Mapping[str, str | None], column: str) -> str:
    value = row.get(column) or ""
    if "\N{SYMBOL FOR NULL}" in value:
        raise RowRefused(column, "nul", "The text holds a NUL character.")
    return value.strip()


def _text(row: Mapping[str, str | None], column: str) -> str:
    text = _value(row, column)
    if not text:
        raise RowRefused(column, "missing", "The text is missing.")
    if len(text) > LONGEST[column]:
        raise RowRefused(
            column,
            "too_long",
            f"{len(text)} characters; at most {LONGEST[column]} fit.",
        )
    return text


def _day(value: str) -> dt.date:
    try:
        day = dt.datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise RowRefused("date", "invalid", f"Not a date: {value[:40]!r}.") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise RowRefused("date", "out_of_range", f"Not credible: {day}.")
    return day


def _organization(row: Mapping[str, str | None]) -> str:
    """Return who deployed the system, else who developed it, in readable words."""
    for column in COLUMNS[-2:]:
        value = _value(row, column)
        try:
            names = json.loads(value) if value else []
        except (ValueError, RecursionError):
            names = [value]
        words = (
            [str(name).replace("-", " ") for name in names]
            if isinstance(names, list)
            else [str(names)]
        )
        if words:
            return _storable(", ".join(words))[:LONGEST_ORGANIZATION]
    return ""


def _storable(text: str) -> str:
    """Leave out what JSON can escape but no database text can hold."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def write_report(faults: Iterable[Fault], stream: IO[str]) -> None:
    """Write the faults as CSV."""
    writer = csv.writer(stream)
    writer.writerow(REPORT_HEAD)
    for fault in faults:
        writer.writerow([fault.row, fault.column, fault.code, fault.message])
