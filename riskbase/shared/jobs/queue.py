"""Putting work into the job table and taking it out again."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from riskbase.shared.jobs import doorbell
from riskbase.shared.jobs.models import Job, JobState

BACK_OFF = dt.timedelta(seconds=5)

logger = logging.getLogger(__name__)

Handler = Callable[["Running"], Mapping[str, Any] | None]
_handlers: dict[str, Handler] = {}


class LeaseLost(RuntimeError):
    """Another worker has taken the job over; stop without publishing."""


class Running:
    """A job in the hands of this worker: its payload, and how to report progress."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.payload: dict[str, Any] = job.payload

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Store progress and renew the lease.

        Raises LeaseLost when the job is no longer this worker's. Call it outside
        the transaction of the effect, or it shows only at the end.
        """
        renewed = Job.objects.filter(
            pk=self.job.pk, state=JobState.RUNNING, lease_token=self.job.lease_token
        ).update(
            done_steps=done,
            total_steps=total,
            message=message[:200],
            lease_until=_lease_from(timezone.now()),
        )
        if not renewed:
            raise LeaseLost(str(self.job.pk))

    def confirm(self) -> None:
        """Lock the job's row inside the effect's transaction.

        The effect commits only while the lease is this worker's. Raises LeaseLost.
        """
        held = (
            Job.objects.select_for_update()
            .filter(
                pk=self.job.pk,
                state=JobState.RUNNING,
                lease_token=self.job.lease_token,
            )
            .exists()
        )
        if not held:
            raise LeaseLost(str(self.job.pk))


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of `kind`; it must be idempotent."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


@transaction.atomic
def enqueue(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any] | None = None,
    by: Any = None,
    run_at: dt.datetime | None = None,
) -> Job:
    """Write a job in the current transaction and ring after its commit.

    A pending job of the same kind and key is returned instead of a second one.
    """
    job = _pending(kind, key)
    while job is None:
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    kind=kind,
                    key=key,
                    payload=dict(payload or {}),
                    requested_by=by,
                    run_at=run_at or timezone.now(),
                )
        except IntegrityError:
            job = _pending(kind, key)
    doorbell.ring_on_commit(doorbell.RUN_JOB, job_id=str(job.pk))
    return job


def _pending(kind: str, key: str) -> Job | None:
    """Return the pending job, locked.

    Without the lock a worker could take it, and read the data, before the
    caller's change is committed: the wish would be lost.
    """
    return (
        Job.objects.select_for_update()
        .filter(kind=kind, key=key, state=JobState.PENDING)
        .first()
    )


def due(*, now: dt.datetime, limit: int = 200) -> list[uuid.UUID]:
    """Return ids of jobs to ring: pending and due, or running on an expired lease."""
    wanted = models.Q(state=JobState.PENDING, run_at__lte=now) | models.Q(
        state=JobState.RUNNING, lease_until__lt=now
    )
    return list(
        Job.objects.filter(wanted)
        .order_by("run_at")
        .values_list("pk", flat=True)[:limit]
    )


def claim(job_id: str, *, now: dt.datetime) -> Job | None:
    """Take the job if it is free; return it leased to the caller, else None.

    A job that used up its attempts (its worker died each time) becomes dead.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None or not _is_free(job, now):
            return None
        if job.attempts >= job.max_attempts:
            job.state, job.finished_at = JobState.DEAD, now
            job.error = job.error or "The worker was lost at every attempt."
            job.save()
            return None
        job.state, job.attempts = JobState.RUNNING, job.attempts + 1
        job.started_at = now
        job.lease_token, job.lease_until = uuid.uuid4(), _lease_from(now)
        job.save()
    return job


def _lease_from(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _is_free(job: Job, now: dt.datetime) -> bool:
    if job.state == JobState.PENDING:
        return job.run_at <= now
    return (
        job.state == JobState.RUNNING
        and job.lease_until is not None
        and job.lease_until < now
    )


def run(job_id: str, *, now: dt.datetime) -> bool:
    """Claim and do one job; return whether this call did it."""
    job = claim(job_id, now=now)
    if job is None:
        return False
    try:
        result = _handlers[job.kind](Running(job))
    except LeaseLost:
        return False
    except Exception as error:
        _failed(job, error)
        raise
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        state=JobState.DONE,
        finished_at=timezone.now(),
        result=dict(result) if result else None,
        error="",
    )
    logger.info("job %s %s done: %s", job.kind, job.key, result)
    return True


def _failed(job: Job, error: Exception) -> None:
    """Put the job back with growing delay, or bury it after the last attempt."""
    now = timezone.now()
    dead = job.attempts >= job.max_attempts
    mine = Job.objects.filter(pk=job.pk, lease_token=job.lease_token)
    text = f"{type(error).__name__}: {error}"[:4000]
    newer = Job.objects.filter(kind=job.kind, key=job.key, state=JobState.PENDING)
    if dead or newer.exists():
        mine.update(state=JobState.DEAD, finished_at=now, error=text)
        return
    mine.update(
        state=JobState.PENDING,
        run_at=now + BACK_OFF * 2**job.attempts,
        lease_until=None,
        lease_token=None,
        error=text,
    )
