"""Rows of a record that somebody else may have changed or removed meanwhile."""

from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.choices import FROZEN_STATES
from failures.models import ActionItem, CauseCoding, Postmortem, TimelineEntry
from failures.services import copies
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict

Part = TypeVar("Part", CauseCoding, TimelineEntry, ActionItem)


class WrongState(DomainError):
    """The record stands at another step of the workflow."""

    def __init__(self) -> None:
        super().__init__(
            "postmortem_wrong_state",
            _("The record is at another step of the workflow by now."),
        )


class Removed(DomainError):
    """The row is gone."""

    def __init__(self) -> None:
        super().__init__(
            "removed_meanwhile", _("Somebody has removed this in the meantime.")
        )


def locked(postmortem: Postmortem) -> Postmortem:
    """Return the record as it stands, locked for this transaction."""
    return Postmortem.objects.select_for_update(of=("self",)).get(pk=postmortem.pk)


def editable(postmortem: Postmortem) -> Postmortem:
    """Return the record, locked; raises WrongState once it is approved."""
    row = locked(postmortem)
    if row.state in FROZEN_STATES:
        raise WrongState
    return row


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


def require_state(row: Postmortem, *states: str) -> None:
    """Raise WrongState unless the record stands in one of `states`."""
    if row.state not in states:
        raise WrongState


def advance(
    row: Postmortem, state: str, by: User, verb: str, reason: str = ""
) -> Postmortem:
    """Take the record to `state` and write it into the trail."""
    before = {"state": row.state}
    row.state = state
    row.version += 1
    row.save()
    copies.refresh_causes(row)
    after = {"state": state, "reason": reason} if reason else {"state": state}
    trail.record(by=by, verb=verb, target=row, before=before, after=after)
    return row
