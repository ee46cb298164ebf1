"""What a load balancer is told."""

import datetime as dt

import pytest
from django.utils import timezone

from riskbase.shared.jobs.models import Job


def test_live_needs_nothing(client):
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_all_answers(client):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert set(answer.json()["checks"]) == {
        "database",
        "migrations",
        "broker",
        "cache",
        "jobs",
    }


@pytest.mark.django_db
def test_not_ready_when_jobs_wait_too_long(client):
    Job.objects.create(
        kind="x", key="y", run_at=timezone.now() - dt.timedelta(minutes=16)
    )
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "has waited" in answer.json()["checks"]["jobs"]


@pytest.mark.django_db
def test_degraded_and_serving_without_broker(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["checks"]["broker"] == "failed"
