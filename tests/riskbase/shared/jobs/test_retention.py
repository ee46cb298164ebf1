"""Finished work is forgotten after its days, and nothing else is."""

import datetime as dt

import pytest
from django.utils import timezone

from riskbase.shared.events import outbox
from riskbase.shared.events.models import OutboxEvent
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job, JobState
from riskbase.shared.tasks import forget_finished_work

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - dt.timedelta(days=days)


def job(key, state, days):
    row = queue.enqueue(kind="test.old", key=key)
    Job.objects.filter(pk=row.pk).update(
        state=state, finished_at=days_ago(days), created_at=days_ago(days)
    )
    return row


def kept():
    return set(Job.objects.values_list("key", flat=True))


def test_ended_jobs_are_forgotten_after_their_days():
    job("done long ago", JobState.DONE, 91)
    job("dead long ago", JobState.DEAD, 91)
    job("done lately", JobState.DONE, 89)
    waiting = job("waiting for ever", JobState.PENDING, 91)
    Job.objects.filter(pk=waiting.pk).update(finished_at=None)
    forget_finished_work()
    assert kept() == {"done lately", "waiting for ever"}


def test_days_are_a_setting_and_none_keep_all(settings):
    job("old", JobState.DONE, 400)
    settings.FINISHED_WORK_DAYS = 0
    forget_finished_work()
    assert kept() == {"old"}
    settings.FINISHED_WORK_DAYS = 365
    forget_finished_work()
    assert kept() == set()


def test_sent_events_are_forgotten_but_the_newest_and_the_awaited(organization):
    events = {
        name: outbox.emit(topic="test.old", target=organization, payload={"n": name})
        for name in ("sent", "awaited", "unsent", "lately", "newest")
    }
    sent = OutboxEvent.objects.exclude(pk=events["unsent"].pk)
    sent.update(sent_at=days_ago(91))
    OutboxEvent.objects.filter(pk=events["lately"].pk).update(sent_at=days_ago(89))
    payload = {"events": [str(events["awaited"].pk)]}
    queue.enqueue(kind="events.deliver", key="somebody", payload=payload)
    forget_finished_work()
    names = set(OutboxEvent.objects.values_list("payload__n", flat=True))
    assert names == {"awaited", "unsent", "lately", "newest"}
