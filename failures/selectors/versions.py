"""Earlier versions of a record: what each change replaced."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Field, QuerySet, TextField
from django.utils.formats import localize
from django.utils.translation import gettext as _

from failures.coding.wording import Piece, pieces
from failures.models import Postmortem, PostmortemDetail, PostmortemText
from riskbase.shared.audit.models import AuditEvent

VERBS = ("postmortem_changed", "postmortem_reimported")
PARTS = (Postmortem, PostmortemText, PostmortemDetail)


@dataclass(frozen=True)
class FieldChange:
    """How one field was worded before and after."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Version:
    """One change of the record."""

    event: AuditEvent
    changes: list[FieldChange]


def changes_of(postmortem: Postmortem) -> QuerySet[AuditEvent]:
    """Return the events that changed the text or the facts, the newest first.

    Codings are no part of it, so nothing here hangs on sealed causes.
    """
    return AuditEvent.objects.filter(
        target_type=postmortem._meta.label_lower,
        target_id=str(postmortem.pk),
        verb__in=VERBS,
    )


def versions(events: Iterable[AuditEvent]) -> list[Version]:
    """Return the changes in words of the reader's language."""
    return [Version(event, _changed(event)) for event in events]


def _changed(event: AuditEvent) -> list[FieldChange]:
    before, after = event.before or {}, event.after or {}
    return [
        FieldChange(
            str(field.verbose_name),
            _pieces(field, before.get(name), after.get(name)),
        )
        for name in before | after
        if (field := field_of(name)) is not None
    ]


def _pieces(field: Any, before: Any, after: Any) -> list[Piece]:
    """Compare prose word by word; a date or a choice is another one as a whole."""
    one, other = _shown(field, before), _shown(field, after)
    if isinstance(field, CharField | TextField) and not field.choices:
        return pieces(one, other)
    return [Piece(kind, text) for kind, text in (("gone", one), ("new", other)) if text]


def field_of(name: str) -> Any:
    """Return the field of the record, its prose or its details; None for a stranger."""
    for part in PARTS:
        for field in part._meta.concrete_fields:
            if field.name == name:
                return field
    return None


def _shown(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(localize(field.to_python(value)))


def values_before(event: AuditEvent) -> Mapping[str, Any]:
    """Return what the change replaced, as values of the fields."""
    before: dict[str, Any] = event.before or {}
    fields: dict[str, Field[Any, Any]] = {
        name: field for name in before if (field := field_of(name)) is not None
    }
    return {name: field.to_python(before[name]) for name, field in fields.items()}
