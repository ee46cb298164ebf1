"""What a column of our own holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    URL = "url"
    CHOICE = "choice"
    JSON = "json"
    """A list or an object; in a flat file its JSON."""


@dataclass(frozen=True)
class Column:
    """One column: its code, its name for people and what fits into it."""

    name: str
    kind: Kind
    label: str | Promise
    is_required: bool = False
    longest: int | None = None
    """Characters of a text."""
    least: Decimal | None = None
    most: Decimal | None = None
    choices: Mapping[str, Any] = field(default_factory=dict)
    """Code -> label."""
    aliases: tuple[str, ...] = ()
    """Further names that files give it."""
