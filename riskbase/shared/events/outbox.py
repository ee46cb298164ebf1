"""Telling of what happened: written in the transaction, relayed at least once."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from riskbase.shared.events.models import OutboxEvent
from riskbase.shared.jobs import doorbell

BATCH = 500

Subscriber = Callable[[Sequence[OutboxEvent]], None]
_subscribers: dict[str, list[Subscriber]] = defaultdict(list)


def subscribe(*topics: str) -> Callable[[Subscriber], Subscriber]:
    """Register a function called with each batch of events of `topics`.

    It runs inside the relay's transaction: its writes and the mark that the event
    was sent commit together. Anything else it does must be idempotent.
    """

    def register(function: Subscriber) -> Subscriber:
        for topic in topics:
            _subscribers[topic].append(function)
        return function

    return register


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

    Effect and mark commit together, so a killed relay repeats a batch whole.
    """
    sent = 0
    while batch := _relay_batch():
        sent += batch
    return sent


def _relay_batch() -> int:
    with transaction.atomic():
        events = list(
            OutboxEvent.objects.select_for_update(skip_locked=True)
            .filter(sent_at__isnull=True)
            .order_by("id")[:BATCH]
        )
        by_subscriber: dict[Subscriber, list[OutboxEvent]] = {}
        for event in events:
            for subscriber in _subscribers[event.topic]:
                by_subscriber.setdefault(subscriber, []).append(event)
        for subscriber, its_events in by_subscriber.items():
            subscriber(its_events)
        OutboxEvent.objects.filter(pk__in=[event.pk for event in events]).update(
            sent_at=timezone.now()
        )
    return len(events)
