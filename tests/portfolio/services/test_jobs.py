"""Asking for statistics, and waking failed work."""

import pytest

from portfolio.services.jobs import request_refresh, retry
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job

pytestmark = pytest.mark.django_db


def dead_job():
    job = queue.enqueue(kind="portfolio.refresh", key="all")
    job.state, job.error, job.attempts = "dead", "ValueError", 5
    job.save()
    return job


def test_asking_twice_is_one_job(bob):
    assert request_refresh(by=bob) == request_refresh(by=bob)
    assert AuditEvent.objects.filter(verb="statistics.refresh_requested").count() == 2


def test_retry_gives_the_attempts_back(admin):
    job = retry(job=dead_job(), by=admin)
    assert (job.state, job.attempts, job.error) == ("pending", 0, "")


def test_refuses_to_retry_what_is_not_dead(admin):
    job = queue.enqueue(kind="portfolio.refresh", key="all")
    with pytest.raises(DomainError):
        retry(job=job, by=admin)


def test_refuses_when_the_same_work_waits_already(admin):
    job = dead_job()
    queue.enqueue(kind="portfolio.refresh", key="all")
    with pytest.raises(DomainError):
        retry(job=job, by=admin)
    assert Job.objects.get(pk=job.pk).state == "dead"
