"""What the audit trail withholds while causes are coded blind."""

from collections.abc import Sequence
from typing import Any

from failures.models import Postmortem
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.audit.selectors import withholds

TELLING = ("coding_", "second_coding_", "action_")
"""Verbs, by their beginning, of events that can hold a cause."""


@withholds
def sealed(user: Any, events: Sequence[AuditEvent]) -> set[Any]:
    """Return the ids of events of others that would tell a sealed cause."""
    label = Postmortem._meta.label_lower
    telling = [
        event
        for event in events
        if event.target_type == label
        and event.verb.startswith(TELLING)
        and event.actor_id != user.pk
    ]
    if not telling:
        return set()
    sealed_ids = {
        str(pk)
        for pk in Postmortem.objects.filter(
            pk__in={event.target_id for event in telling}, causes_sealed=True
        ).values_list("pk", flat=True)
    }
    return {event.pk for event in telling if event.target_id in sealed_ids}
