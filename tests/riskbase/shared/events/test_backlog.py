"""A subscriber that fails holds up neither others nor other targets."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Unit
from riskbase.shared.events import backlog, outbox
from riskbase.shared.events.models import OutboxEvent
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db
taken, overheard = [], []
poison = set()


@outbox.subscribe("test.fragile")
def fragile(events):
    """Write for each event, and fail at the poisonous ones."""
    for event in events:
        Unit.objects.create(name=f"taken {event.payload['n']}")
        if event.payload["n"] in poison:
            raise ValueError(event.payload["n"])
    taken.extend(event.payload["n"] for event in events)


@outbox.subscribe("test.fragile")
def sturdy(events):
    overheard.extend(event.payload["n"] for event in events)


@pytest.fixture(autouse=True)
def _afresh():
    for kept in (taken, overheard, poison):
        kept.clear()


def emit(target, *numbers):
    for number in numbers:
        outbox.emit(topic="test.fragile", target=target, payload={"n": number})


def attempt():
    """Run the one delivery that waits, whenever it is due."""
    job = Job.objects.get(state=JobState.PENDING)
    try:
        queue.run(str(job.pk), now=timezone.now() + dt.timedelta(days=1))
    except (ValueError, backlog.NotTaken):
        return False
    return True


def test_failure_holds_up_no_other_subscriber_nor_target(organization, retail):
    poison.add(1)
    emit(organization, 1)
    emit(retail, 2)
    assert outbox.relay() == 2
    assert overheard == [1, 2]
    assert taken == [2]
    assert not outbox.has_unsent()
    job = Job.objects.get()
    assert (job.kind, job.state) == (backlog.DELIVER, JobState.PENDING)
    assert job.run_at > timezone.now()
    assert not Unit.objects.filter(name="taken 1").exists()


def test_later_events_of_the_target_wait_their_turn(organization):
    poison.add(1)
    emit(organization, 1)
    outbox.relay()
    emit(organization, 2)
    outbox.relay()
    assert taken == []
    assert not attempt()
    assert Job.objects.get().run_at > timezone.now()
    poison.clear()
    emit(organization, 3)
    outbox.relay()
    assert attempt()
    assert taken == [1, 2, 3]
    emit(organization, 4)
    outbox.relay()
    assert taken == [1, 2, 3, 4]
    assert Job.objects.get().state == JobState.DONE


def test_event_that_arrives_during_an_attempt_is_not_lost(organization):
    poison.add(1)
    emit(organization, 1)
    outbox.relay()
    job = queue.claim(
        str(Job.objects.get().pk), now=timezone.now() + dt.timedelta(days=1)
    )
    emit(organization, 2)
    outbox.relay()
    poison.clear()
    assert backlog.deliver(queue.Running(job)) == {"events": 2}
    assert taken == [1, 2]


def test_poison_ends_in_a_dead_job_and_the_rest_is_delivered(organization, admin):
    poison.add(2)
    emit(organization, 1, 2, 3)
    outbox.relay()
    attempts = Job.objects.get().max_attempts
    assert [attempt() for _ in range(attempts)] == [False] * attempts
    assert taken == [1, 3]
    job = Job.objects.get()
    assert job.state == JobState.DEAD
    assert "ValueError(2)" in job.error
    dead = OutboxEvent.objects.get(payload={"n": 2})
    assert job.payload["events"] == [str(dead.pk)]
    assert backlog.waiting_ids() == {str(dead.pk)}
    emit(organization, 4)
    outbox.relay()
    assert taken == [1, 3, 4]


def test_poison_is_seen_by_administrators(client, organization, admin):
    poison.add(1)
    emit(organization, 1)
    outbox.relay()
    while Job.objects.filter(state=JobState.PENDING).exists():
        attempt()
    client.force_login(admin)
    page = client.get("/jobs/", {"state": "dead"}).content.decode()
    assert "events.deliver" in page
