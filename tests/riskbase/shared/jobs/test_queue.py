import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job, JobState

calls = []


@queue.handles("test.count")
def count(running):
    calls.append(running.payload)
    running.progress(1, 2, "half")
    return {"calls": len(calls)}


@queue.handles("test.fail")
def fail(running):
    raise ValueError("poison")


@pytest.fixture(autouse=True)
def _no_calls():
    calls.clear()


def later(seconds):
    return timezone.now() + dt.timedelta(seconds=seconds)


@pytest.mark.django_db
def test_enqueue_twice_before_the_start_is_one_job():
    first = queue.enqueue(kind="test.count", key="a")
    second = queue.enqueue(kind="test.count", key="a")
    assert first.pk == second.pk
    assert queue.enqueue(kind="test.count", key="b").pk != first.pk


@pytest.mark.django_db
def test_run_does_the_job_once():
    job = queue.enqueue(kind="test.count", key="a", payload={"x": 1})
    assert queue.run(str(job.pk), now=timezone.now())
    assert not queue.run(str(job.pk), now=timezone.now())
    job.refresh_from_db()
    assert (job.state, job.result, calls) == (JobState.DONE, {"calls": 1}, [{"x": 1}])


@pytest.mark.django_db
def test_run_puts_a_failing_job_back_and_buries_it_after_the_last_attempt():
    job = queue.enqueue(kind="test.fail", key="a")
    for attempt in range(1, job.max_attempts + 1):
        with pytest.raises(ValueError, match="poison"):
            queue.run(str(job.pk), now=later(3600 * attempt))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DEAD, job.max_attempts)
    assert "poison" in job.error
    assert not queue.run(str(job.pk), now=later(10**6))


@pytest.mark.django_db
def test_claim_takes_over_from_a_lost_worker_only_after_the_lease():
    job = queue.enqueue(kind="test.count", key="a")
    lost = queue.claim(str(job.pk), now=timezone.now())
    assert queue.claim(str(job.pk), now=timezone.now()) is None
    assert str(job.pk) in map(str, queue.due(now=later(120)))
    assert queue.run(str(job.pk), now=later(120))
    with pytest.raises(queue.LeaseLost):
        queue.Running(lost).progress(1, 1)
    with pytest.raises(queue.LeaseLost), transaction.atomic():
        queue.Running(lost).confirm()


@pytest.mark.django_db
def test_claim_buries_a_job_whose_workers_all_died():
    job = queue.enqueue(kind="test.count", key="a")
    for attempt in range(job.max_attempts):
        assert queue.claim(str(job.pk), now=later(1000 * (attempt + 1)))
    assert queue.claim(str(job.pk), now=later(10**5)) is None
    job.refresh_from_db()
    assert job.state == JobState.DEAD


@pytest.mark.django_db(transaction=True)
def test_wish_during_a_claim_is_not_lost():
    """A worker cannot take a pending job while a writer that wants it is uncommitted."""
    job = queue.enqueue(kind="test.count", key="a")
    wished, commit = threading.Event(), threading.Event()

    def writer():
        with transaction.atomic():
            queue.enqueue(kind="test.count", key="a")
            wished.set()
            commit.wait(10)
        connection.close()

    thread = threading.Thread(target=writer)
    thread.start()
    assert wished.wait(10)
    assert queue.claim(str(job.pk), now=timezone.now()) is None
    commit.set()
    thread.join()
    assert queue.claim(str(job.pk), now=timezone.now()) is not None


@pytest.mark.django_db(transaction=True)
def test_claim_by_many_workers_is_won_by_one():
    job = queue.enqueue(kind="test.count", key="a")
    winners = []

    def worker():
        if queue.claim(str(job.pk), now=timezone.now()):
            winners.append(1)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert winners == [1]


@pytest.mark.django_db
def test_pending_job_shows_no_progress_and_done_shows_all():
    job = Job(state=JobState.RUNNING, done_steps=1, total_steps=4)
    assert job.percent == 25
    assert Job(state=JobState.DONE).percent == 100
    assert Job().percent == 0
