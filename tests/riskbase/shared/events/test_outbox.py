import pytest
from django.db import transaction

from riskbase.shared.events import outbox
from riskbase.shared.events.models import OutboxEvent

heard = []


@outbox.subscribe("test.topic")
def listen(events):
    heard.extend(event.payload["n"] for event in events)
    if any(event.payload.get("explode") for event in events):
        raise RuntimeError("subscriber failed")


@pytest.fixture(autouse=True)
def _silence():
    heard.clear()


@pytest.mark.django_db
def test_relay_hands_over_in_order_and_once(organization):
    for number in range(3):
        outbox.emit(topic="test.topic", target=organization, payload={"n": number})
    assert outbox.has_unsent()
    assert outbox.relay() == 3
    assert outbox.relay() == 0
    assert heard == [0, 1, 2]


@pytest.mark.django_db
def test_emit_is_undone_with_its_transaction(organization):
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.emit(topic="test.topic", target=organization, payload={"n": 1})
        raise RuntimeError
    assert not outbox.has_unsent()


@pytest.mark.django_db
def test_relay_keeps_what_a_subscriber_failed_to_take(organization):
    outbox.emit(topic="test.topic", target=organization, payload={"n": 1, "explode": 1})
    with pytest.raises(RuntimeError):
        outbox.relay()
    assert OutboxEvent.objects.filter(sent_at__isnull=True).count() == 1
