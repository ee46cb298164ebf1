"""What is wrong with a file, or with one cell of it, in words and in codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from riskbase.shared.tabular.sentences import sentence_of

SHOWN = 80
"""Characters of a faulty cell that a report repeats."""


@dataclass(frozen=True)
class Fault:
    """One fault of one row; `row` counts as a spreadsheet does, the head is row 1."""

    row: int
    column: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    value: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, in the reader's language."""
        return sentence_of(self.code, self.params)


class FileRefused(ValueError):
    """The file as a whole cannot be read; `code` says why to machines."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def sentence(self) -> str:
        """What is wrong, in the reader's language."""
        return sentence_of(self.code, self.params)


class CellRefused(ValueError):
    """A value is not what its column holds."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def shown(value: Any) -> str:
    """Return the beginning of what stands in a cell, printable."""
    text = "".join(
        c if c.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for c in str(value)[:SHOWN]
    )
    return text.strip()
