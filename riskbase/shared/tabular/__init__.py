"""Files of rows in and out: CSV, XLSX, JSON and lines of JSON, with each fault told."""

from riskbase.shared.tabular.columns import Column, Kind
from riskbase.shared.tabular.faults import CellRefused, Fault, FileRefused
from riskbase.shared.tabular.formats import Format
from riskbase.shared.tabular.limits import Limits
from riskbase.shared.tabular.mapping import Converted, convert, doubled, guess, missing
from riskbase.shared.tabular.opening import open_table
from riskbase.shared.tabular.rows import Raw, Table
from riskbase.shared.tabular.sentences import register_sentences
from riskbase.shared.tabular.writers import TYPES, chunks

__all__ = [
    "TYPES",
    "CellRefused",
    "Column",
    "Converted",
    "Fault",
    "FileRefused",
    "Format",
    "Kind",
    "Limits",
    "Raw",
    "Table",
    "chunks",
    "convert",
    "doubled",
    "guess",
    "missing",
    "open_table",
    "register_sentences",
]
