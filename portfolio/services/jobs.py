"""Asking for statistics, and waking work that was given up."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.jobs import doorbell, queue
from riskbase.shared.jobs.models import Job, JobState

REFRESH = "portfolio.refresh"


@transaction.atomic
def request_refresh(*, by: User | None = None) -> Job:
    """Ask for new statistics; a refresh that still waits is the answer too."""
    job = queue.enqueue(kind=REFRESH, key="all", by=by)
    trail.record(by=by, verb="statistics.refresh_requested", target=job)
    return job


@transaction.atomic
def retry(*, job: Job, by: User) -> Job:
    """Give a dead job its attempts back.

    Raises DomainError when it is not dead, or the same work waits already.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != JobState.DEAD:
        raise DomainError("job_not_dead", _("Only failed jobs can be retried."))
    job.state, job.attempts, job.error = JobState.PENDING, 0, ""
    job.run_at, job.finished_at = timezone.now(), None
    job.lease_until = job.lease_token = None
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError as clash:
        raise DomainError(
            "job_waits_already", _("The same work is waiting already.")
        ) from clash
    trail.record(by=by, verb="job.retried", target=job)
    doorbell.ring_on_commit(doorbell.RUN_JOB, job_id=str(job.pk))
    return job
