"""Work wanted by events and by the clock: statistics follow what they count."""

from collections.abc import Mapping, Sequence
from typing import Any

from celery import shared_task
from django.utils import timezone

from portfolio.services import refresh as refreshing
from riskbase.shared.events import outbox
from riskbase.shared.events.models import OutboxEvent
from riskbase.shared.jobs import queue

REFRESH = "portfolio.refresh"


@outbox.subscribe(
    "outcome.recorded",
    "postmortem.published",
    "postmortem.changed",
    "coding.changed",
    "assessment.submitted",
    "project.created",
    "project.changed",
    "taxonomy.released",
    "unit.changed",
)
def want_refresh(_events: Sequence[OutboxEvent]) -> None:
    """Ask for new statistics; wanting them twice is one job."""
    queue.enqueue(kind=REFRESH, key="all")


@queue.handles(REFRESH)
def refresh(running: queue.Running) -> Mapping[str, Any]:
    """Compute and publish the snapshots of every scope."""
    done = refreshing.refresh(
        at=timezone.now(), running=running, check=bool(running.payload.get("check"))
    )
    return done.as_counts()


@shared_task(name="portfolio.recompute_all")
def recompute_all() -> None:
    """Compare what is stored with a computation from scratch, every night."""
    queue.enqueue(kind=REFRESH, key="nightly", payload={"check": True})
