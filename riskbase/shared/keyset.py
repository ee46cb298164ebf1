"""Keyset pagination for pages and the API: no OFFSET, no COUNT(*)."""

import base64
import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Expression, F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)

DEFAULT_SIZE = 50
MAXIMUM_SIZE = 200


class BadCursor(ValueError):
    """The cursor is not one of ours, or belongs to another ordering."""


@dataclass(frozen=True)
class Ordering:
    """One public ordering: an expression that is never null, then the id.

    Wrap nullable columns in Coalesce: a null compares with nothing and would end
    the list early.
    """

    name: str
    expression: Expression | F | str = "pk"
    descending: bool = False

    @property
    def key(self) -> Expression | F:
        """The expression to annotate."""
        return (
            F(self.expression) if isinstance(self.expression, str) else self.expression
        )


@dataclass(frozen=True)
class Page(Generic[M]):
    """A slice of a list, with the cursors of its neighbors."""

    items: Sequence[M]
    next: str | None = None
    previous: str | None = None
    size: int = DEFAULT_SIZE
    ordering: str = ""
    total: int | None = field(default=None)

    def __bool__(self) -> bool:
        return bool(self.items)

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    return value


def encode(ordering: str, key: Any, pk: Any, *, backwards: bool) -> str:
    """Return the opaque cursor that stands just after (or before) a row."""
    text = json.dumps([ordering, _plain(key), str(pk), int(backwards)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, ordering: str) -> tuple[Any, str, bool]:
    """Return (key, id, backwards). Raises BadCursor."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        name, key, pk, backwards = json.loads(
            base64.b64decode(padded, altchars=b"-_", validate=True)
        )
        if not pk.isdecimal():
            uuid.UUID(pk)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadCursor(cursor) from error
    if name != ordering or isinstance(key, dict | list | type(None)):
        raise BadCursor(cursor)
    if "\x00" in str(key):
        raise BadCursor(cursor)  # PostgreSQL has no such text
    return key, pk, bool(backwards)


def paginate(
    rows: QuerySet[M],
    *,
    ordering: Ordering,
    cursor: str | None = None,
    size: int = DEFAULT_SIZE,
) -> Page[M]:
    """Return one page of `rows` in `ordering`: one query, whatever its depth.

    Raises BadCursor for a cursor that is not ours.
    """
    size = max(1, min(size, MAXIMUM_SIZE))
    backwards = False
    found = rows.annotate(_key=ordering.key)
    try:
        if cursor:
            key, pk, backwards = decode(cursor, ordering.name)
            forwards_up = ordering.descending == backwards
            word = "gt" if forwards_up else "lt"
            found = found.filter(
                Q(**{f"_key__{word}": key}) | Q(_key=key, **{f"pk__{word}": pk})
            )
        sign = "-" if ordering.descending != backwards else ""
        items = list(found.order_by(f"{sign}_key", f"{sign}pk")[: size + 1])
    except (ValidationError, ValueError, TypeError) as error:
        raise BadCursor(cursor or "") from error
    more = len(items) > size
    items = items[:size]
    if backwards:
        items.reverse()
    before = bool(cursor) if not backwards else more
    after = more if not backwards else True
    return Page(
        items=items,
        next=_edge(items[-1], ordering, backwards=False) if items and after else None,
        previous=_edge(items[0], ordering, backwards=True)
        if items and before
        else None,
        size=size,
        ordering=ordering.name,
    )


def _edge(row: Any, ordering: Ordering, *, backwards: bool) -> str:
    return encode(ordering.name, row._key, row.pk, backwards=backwards)  # noqa: SLF001 - our own annotation
