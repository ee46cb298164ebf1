"""Writing the audit trail, in the transaction of the change itself."""

import datetime as dt
import decimal
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.context import current


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        value = value.pk
    return str(value) if isinstance(value, decimal.Decimal | uuid.UUID) else value


def values_of(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """Return the named fields of `row`, relations by their id."""
    return {
        name: plain(getattr(row, row._meta.get_field(name).attname))  # type: ignore[union-attr]
        for name in fields
    }


def record(
    *,
    by: Any,
    verb: str,
    target: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Append one event; `by` is the acting user, or None for the system itself.

    With both sides given only the fields that differ are kept.
    """
    event = event_of(by=by, verb=verb, target=target, before=before, after=after)
    event.save(force_insert=True)
    return event


def event_of(
    *,
    by: Any,
    verb: str,
    target: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Return an event like `record` writes, unsaved, for writing many at once."""
    if before is not None and after is not None:
        changed = {name for name in after if before.get(name) != after[name]}
        before = {name: before.get(name) for name in changed}
        after = {name: after[name] for name in changed}
    context = current.get()
    return AuditEvent(
        actor=by,
        actor_name=by.get_username() if by is not None else "",
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        unit_id=getattr(target, "unit_id", None),
        before=plain(before) if before is not None else None,
        after=plain(after) if after is not None else None,
        via=context.via,
        request_id=context.request_id,
    )
