"""How much of a file is read at most."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one file; what exceeds them is refused before it is held in memory."""

    file_bytes: int = 25 * MEGABYTE
    expanded_bytes: int = 150 * MEGABYTE
    """Of all parts of a workbook, unpacked."""
    ratio: int = 200
    """Unpacked to packed, of a workbook above a megabyte."""
    rows: int = 100_000
    columns: int = 300
    cell: int = 100_000
    """Characters."""
    depth: int = 12
    """Of nested lists and objects in one cell."""
