"""Telling of what happened: written in the transaction, relayed at least once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from riskbase.shared.events.backlog import hand_over, waiting_ids
from riskbase.shared.events.models import OutboxEvent
from riskbase.shared.events.subscribers import names_for, subscribe
from riskbase.shared.jobs import doorbell

__all__ = ["emit", "forget_before", "has_unsent", "relay", "subscribe"]

BATCH = 500
RELAY_LOCK = 0x0B0B
"""One relay at a time, or a later event of a target could overtake an earlier one."""


def emit(
    *, topic: str, target: models.Model, payload: Mapping[str, Any] | None = None
) -> OutboxEvent:
    """Write an event in the current transaction and want it relayed."""
    event = OutboxEvent.objects.create(
        topic=topic,
        target_id=target.pk,
        unit_id=getattr(target, "unit_id", None),
        payload=dict(payload or {}),
    )
    doorbell.ring_on_commit(doorbell.RELAY_EVENTS)
    return event


def has_unsent() -> bool:
    """Return whether events wait for the relay."""
    return OutboxEvent.objects.filter(sent_at__isnull=True).exists()


def relay() -> int:
    """Hand every unsent event to its subscribers, batch by batch; return how many.

    Effect and mark commit together, so a killed relay repeats a batch whole. What a
    subscriber fails to take becomes a job, and holds up nobody else.
    """
    sent = 0
    while batch := _relay_batch():
        sent += batch
    return sent


def _relay_batch() -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RELAY_LOCK])
        unsent = OutboxEvent.objects.filter(sent_at__isnull=True)
        events = list(unsent.order_by("id")[:BATCH])
        by_subscriber: dict[str, list[OutboxEvent]] = {}
        for event in events:
            for name in names_for(event.topic):
                by_subscriber.setdefault(name, []).append(event)
        for name, its_events in by_subscriber.items():
            hand_over(name, its_events)
        OutboxEvent.objects.filter(pk__in=[event.pk for event in events]).update(
            sent_at=timezone.now()
        )
    return len(events)


def forget_before(moment: dt.datetime) -> int:
    """Delete events sent before `moment`; return how many.

    The newest stays, being the mark up to which statistics have read; so does what a
    delivery still waits for.
    """
    newest = OutboxEvent.objects.order_by("-id").values("id")[:1]
    old = OutboxEvent.objects.filter(sent_at__lt=moment)
    return old.exclude(pk__in=newest).exclude(pk__in=waiting_ids()).delete()[0]
