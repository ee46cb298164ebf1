"""Reading the audit trail."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.keyset import Ordering

NEWEST_FIRST = Ordering("-at", "pk", descending=True)
OLDEST_FIRST = Ordering("at", "pk")


@dataclass(frozen=True)
class Change:
    """One field of an event, before and after."""

    name: str
    before: Any
    after: Any


Withholder = Callable[[Any, Sequence[AuditEvent]], set[Any]]
_withholders: list[Withholder] = []


def withholds(function: Withholder) -> Withholder:
    """Register a function that returns the ids of events whose contents to withhold.

    Called with the reader and the events shown; who acted and when stays readable.
    """
    _withholders.append(function)
    return function


def withheld(user: Any, events: Sequence[AuditEvent]) -> set[Any]:
    """Return the ids of those events whose contents `user` may not see at present."""
    return set().union(*(function(user, events) for function in _withholders))


def events_visible_to(user: Any) -> QuerySet[AuditEvent]:
    """Return all events for an administrator of the site, none for others."""
    if not getattr(user, "is_administrator", False):
        return AuditEvent.objects.none()
    return AuditEvent.objects.select_related("actor")


def narrowed(
    events: QuerySet[AuditEvent],
    *,
    actor: str = "",
    verb: str = "",
    target_type: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[AuditEvent]:
    """Return the events of an actor, verb (or its beginning), object type and days."""
    if actor:
        people = get_user_model()._default_manager.filter(username__iexact=actor)
        events = events.filter(actor__in=people)
    if verb:
        events = events.filter(verb__startswith=verb)
    if target_type:
        events = events.filter(target_type=target_type)
    if since:
        events = events.filter(at__date__gte=since)
    if until:
        events = events.filter(at__date__lte=until)
    return events


def changes_of(event: AuditEvent) -> list[Change]:
    """Return the fields an event holds, in their written order."""
    before, after = event.before or {}, event.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [Change(name, before.get(name), after.get(name)) for name in names]


def target_types() -> list[tuple[str, str]]:
    """Return the kinds of objects that may have been written, with their names."""
    own = ("shared", "accounts", "failures", "projects", "portfolio")
    return sorted(
        (model._meta.label_lower, str(model._meta.verbose_name).capitalize())
        for model in apps.get_models()
        if model._meta.app_label in own
    )
