import pytest
from django.db import transaction

from riskbase.shared.events import outbox
from riskbase.shared.events.models import OutboxEvent

heard = []


@outbox.subscribe("test.topic")
def listen(events):
    heard.extend(event.payload["n"] for event in events)


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
def test_relay_goes_on_where_nobody_listens(organization):
    outbox.emit(topic="test.unheard", target=organization)
    assert outbox.relay() == 1
    assert OutboxEvent.objects.get().sent_at is not None
