"""The dated steps of a failure's story: appended only, corrected by newer entries."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.models import Postmortem, TimelineEntry
from failures.services import parts
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

FIELDS = ("on", "kind", "text", "known_then", "evidence_url")


@transaction.atomic
def add(
    *, postmortem: Postmortem, values: Mapping[str, Any], by: User
) -> TimelineEntry:
    """Add a dated step; `values` are fields of FIELDS."""
    row = parts.editable(postmortem)
    entry = _append(row, values, by)
    trail.record(
        by=by,
        verb="timeline_added",
        target=row,
        after=trail.values_of(entry, FIELDS),
    )
    return entry


@transaction.atomic
def correct(
    *,
    entry: TimelineEntry,
    values: Mapping[str, Any],
    by: User,
    reason: str = "",
    expected_version: int | None = None,
) -> TimelineEntry:
    """Append an entry that replaces this one; the earlier wording stays readable.

    Raises EditConflict when it was corrected since `expected_version`.
    """
    row = parts.editable(entry.postmortem)
    entry = _standing(entry, expected_version)
    before = trail.values_of(entry, FIELDS)
    kept = {name: getattr(entry, name) for name in FIELDS}
    wanted = {**kept, **{name: values[name] for name in FIELDS if name in values}}
    if wanted == kept:
        return entry
    newer = _append(row, wanted, by, corrects=entry, correction_reason=reason.strip())
    trail.record(
        by=by,
        verb="timeline_changed",
        target=row,
        before=before,
        after=trail.values_of(newer, FIELDS),
    )
    return newer


@transaction.atomic
def withdraw(
    *,
    entry: TimelineEntry,
    by: User,
    reason: str = "",
    expected_version: int | None = None,
) -> TimelineEntry:
    """Take a step out of the story; it stays readable among the earlier wordings."""
    row = parts.editable(entry.postmortem)
    entry = _standing(entry, expected_version)
    kept = {name: getattr(entry, name) for name in FIELDS}
    newer = _append(
        row,
        kept,
        by,
        corrects=entry,
        correction_reason=reason.strip(),
        is_withdrawn=True,
    )
    trail.record(
        by=by,
        verb="timeline_removed",
        target=row,
        before=trail.values_of(entry, FIELDS),
    )
    return newer


def _append(
    row: Postmortem, values: Mapping[str, Any], by: User, **more: Any
) -> TimelineEntry:
    if not str(values.get("text", "")).strip():
        raise DomainError("text_required", _("Say what happened."), field="text")
    known = {name: values[name] for name in FIELDS if name in values}
    corrected: TimelineEntry | None = more.get("corrects")
    return TimelineEntry.objects.create(
        postmortem=row,
        author=by,
        version=corrected.version + 1 if corrected else 1,
        **known,
        **more,
    )


def _standing(entry: TimelineEntry, expected_version: int | None) -> TimelineEntry:
    """Return what now stands in place of the entry.

    Raises EditConflict when that is not `expected_version`, Removed when nothing
    does.
    """
    told = TimelineEntry.objects.filter(postmortem=entry.postmortem_id)
    newer = {each.corrects_id: each for each in told}
    entry = parts.current(entry)
    while entry.pk in newer:
        entry = newer[entry.pk]
    if entry.is_withdrawn:
        raise parts.Removed
    parts.expect(entry, expected_version)
    return entry
