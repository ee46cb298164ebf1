"""The dated steps of a failure's story."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.choices import PostmortemState
from failures.models import Postmortem, TimelineEntry
from failures.services import parts
from failures.services.postmortems import WrongState, locked
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

FIELDS = ("on", "text")


@transaction.atomic
def add(*, postmortem: Postmortem, on: dt.date, text: str, by: User) -> TimelineEntry:
    """Add a dated step."""
    row = _editable(postmortem)
    _require(text)
    entry = TimelineEntry.objects.create(postmortem=row, on=on, text=text)
    trail.record(
        by=by,
        verb="timeline_added",
        target=row,
        after=trail.values_of(entry, FIELDS),
    )
    return entry


@transaction.atomic
def change(
    *,
    entry: TimelineEntry,
    on: dt.date,
    text: str,
    by: User,
    expected_version: int | None = None,
) -> TimelineEntry:
    """Correct a step; raises EditConflict on a stale version."""
    row = _editable(entry.postmortem)
    _require(text)
    entry = parts.current(entry)
    if (entry.on, entry.text) == (on, text):
        return entry
    parts.expect(entry, expected_version)
    before = trail.values_of(entry, FIELDS)
    entry.on, entry.text = on, text
    after = trail.values_of(entry, FIELDS)
    entry.version += 1
    entry.save()
    trail.record(by=by, verb="timeline_changed", target=row, before=before, after=after)
    return entry


@transaction.atomic
def remove(
    *, entry: TimelineEntry, by: User, expected_version: int | None = None
) -> None:
    """Take a step out."""
    row = _editable(entry.postmortem)
    entry = parts.current(entry)
    parts.expect(entry, expected_version)
    before = trail.values_of(entry, FIELDS)
    entry.delete()
    trail.record(by=by, verb="timeline_removed", target=row, before=before)


def _editable(postmortem: Postmortem) -> Postmortem:
    row = locked(postmortem)
    if row.state == PostmortemState.PUBLISHED:
        raise WrongState
    return row


def _require(text: str) -> None:
    if not text.strip():
        raise DomainError("text_required", _("Say what happened."), field="text")
