"""Which format a file has, by its content and never by its name."""

import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from riskbase.shared.tabular.faults import FileRefused

HEAD = 4096
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
    b"PAR1": "Parquet",
    b"SQLite format 3": "SQLite",
}


class Format(StrEnum):
    """A format that is read and written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    NDJSON = "ndjson"


def sniff(path: Path) -> Format:
    """Return the format of the file. Raises FileRefused for what is none of them."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise FileRefused("empty")
    if head.startswith(OLE2):
        raise FileRefused("locked")
    if head.startswith(b"PK"):
        return _in_zip(path)
    for magic, seems in STRANGERS.items():
        if head.startswith(magic):
            raise FileRefused("unknown_format", seems=seems)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] == b"[":
        return Format.JSON
    if text[:1] == b"{":
        return _json_kind(path)
    return Format.CSV


def _in_zip(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = (
                archive.read("mimetype")[:80].decode("ascii", "replace")
                if "mimetype" in names
                else ""
            )
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        RuntimeError,
        NotImplementedError,
        KeyError,
    ) as error:
        raise FileRefused("broken") from error
    if "xl/workbook.xml" in names:
        return Format.XLSX
    seems = "OpenDocument" if "opendocument" in kind else "ZIP"
    raise FileRefused("unknown_format", seems=seems)


def _json_kind(path: Path) -> Format:
    """Tell lines of objects from one object: the second line begins another."""
    with path.open("rb") as stream:
        first = stream.readline(HEAD * 256).strip()
        second = next((line for line in stream if line.strip()), b"").strip()
    if not first.endswith(b"}"):
        return Format.JSON
    # A line alone is one object either way.
    return Format.NDJSON if second[:1] == b"{" else Format.JSON
