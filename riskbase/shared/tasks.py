"""Celery in: the doorbell's task and the sweep that rings lost work again."""

import datetime as dt
import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from riskbase.shared.api.idempotency import forget_before
from riskbase.shared.context import RequestContext, current
from riskbase.shared.events import outbox
from riskbase.shared.jobs import doorbell, queue, retention

logger = logging.getLogger(__name__)


@shared_task(name=doorbell.RUN_JOB)
def run(*, job_id: str) -> None:
    """Do one job of the table, unless somebody else does."""
    token = current.set(RequestContext(request_id=job_id, via="job"))
    try:
        queue.run(job_id, now=timezone.now())
    finally:
        current.reset(token)


@shared_task(name="riskbase.jobs.ring_due")
def ring_due() -> None:
    """Ring for every unsent event, due job and job whose worker was lost."""
    if outbox.has_unsent():
        doorbell.ring(doorbell.RELAY_EVENTS)
    for job_id in queue.due(now=timezone.now()):
        if not doorbell.ring(doorbell.RUN_JOB, job_id=str(job_id)):
            return


@shared_task(name=doorbell.RELAY_EVENTS)
def relay_events() -> None:
    """Hand unsent events to their subscribers."""
    token = current.set(RequestContext(request_id="relay", via="job"))
    try:
        outbox.relay()
    finally:
        current.reset(token)


@shared_task(name="riskbase.jobs.forget_idempotency_keys")
def forget_idempotency_keys() -> None:
    """Drop replies older than a day."""
    forget_before(timezone.now() - dt.timedelta(days=1))


@shared_task(name="riskbase.jobs.forget_finished_work")
def forget_finished_work() -> None:
    """Drop jobs that ended and events that were sent long ago; 0 days keep all."""
    if not settings.FINISHED_WORK_DAYS:
        return
    moment = timezone.now() - dt.timedelta(days=settings.FINISHED_WORK_DAYS)
    jobs = retention.forget_before(moment)
    events = outbox.forget_before(moment)
    logger.info("forgot %s jobs and %s events of before %s", jobs, events, moment)
