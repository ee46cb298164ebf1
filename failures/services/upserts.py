"""Bringing rows in line with content: writes only what differs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from accounts.models import User
from riskbase.shared.audit import trail
from riskbase.shared.audit.models import AuditEvent


def differing(row: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of `values` that the row does not hold yet."""
    return {
        name: value
        for name, value in values.items()
        if getattr(row, _attribute(row, name)) != _stored(value)
    }


def _attribute(row: models.Model, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return str(field.attname)


def _stored(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def apply(row: models.Model, changes: Mapping[str, Any]) -> None:
    """Set the changed values on the row and save only them."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))


def record_creations(
    *, by: User | None, verb: str, rows: Iterable[models.Model]
) -> None:
    """Append one audit event per created row, in bulk."""
    AuditEvent.objects.bulk_create(
        [trail.event_of(by=by, verb=verb, target=row) for row in rows],
        batch_size=500,
    )
