"""Rows of a record that somebody else may have changed or removed meanwhile."""

from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from failures.models import ActionItem, CauseCoding, TimelineEntry
from riskbase.shared.errors import DomainError, EditConflict

Part = TypeVar("Part", CauseCoding, TimelineEntry, ActionItem)


class Removed(DomainError):
    """The row is gone."""

    def __init__(self) -> None:
        super().__init__(
            "removed_meanwhile", _("Somebody has removed this in the meantime.")
        )


def current(part: Part) -> Part:
    """Return the row as it stands; its record must be locked. Raises Removed."""
    found = type(part)._default_manager.filter(pk=part.pk).first()
    if found is None:
        raise Removed
    return found


def expect(part: Part, version: int | None) -> None:
    """Raise EditConflict unless `part` is at this version; None expects nothing."""
    if version is not None and part.version != version:
        raise EditConflict(part)
