"""Opening a file of any of the formats."""

from pathlib import Path

from riskbase.shared.tabular.delimited import open_csv
from riskbase.shared.tabular.faults import FileRefused
from riskbase.shared.tabular.formats import Format, sniff
from riskbase.shared.tabular.limits import MEGABYTE, Limits
from riskbase.shared.tabular.objects import open_json, open_lines
from riskbase.shared.tabular.rows import Table
from riskbase.shared.tabular.workbooks import open_xlsx

OPENERS = {
    Format.CSV: open_csv,
    Format.XLSX: open_xlsx,
    Format.JSON: open_json,
    Format.NDJSON: open_lines,
}


def open_table(path: Path, limits: Limits | None = None) -> Table:
    """Open a file by what it holds, having looked through all of it.

    Raises FileRefused with a code for what no row of it could be read of.
    """
    limits = limits or Limits()
    size = path.stat().st_size
    if not size:
        raise FileRefused("empty")
    if size > limits.file_bytes:
        raise FileRefused("too_large", most=limits.file_bytes // MEGABYTE)
    return OPENERS[sniff(path)](path, limits)
