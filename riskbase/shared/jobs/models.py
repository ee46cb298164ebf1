"""The job table: the queue that no broker can lose."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskbase.shared.rows import Row


class JobState(models.TextChoices):
    """Where a job stands."""

    PENDING = "pending", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Failed")


class Job(Row):
    """One piece of background work, written with the change that wants it.

    At most one pending job exists for a (kind, key): wanting the same work twice
    before it starts is one job. A running job holds a lease; a worker that dies
    lets it expire, and the job is taken again, up to `max_attempts` times.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=JobState.choices, default=JobState.PENDING
    )
    run_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    done_steps = models.PositiveIntegerField(default=0)
    total_steps = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    result = models.JSONField(null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state="pending"),
                name="job_one_pending_per_key",
            ),
            models.CheckConstraint(
                condition=models.Q(state="running", lease_until__isnull=False)
                | ~models.Q(state="running"),
                name="job_running_has_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["run_at"],
                condition=models.Q(state="pending"),
                name="job_due",
            ),
            models.Index(
                fields=["lease_until"],
                condition=models.Q(state="running"),
                name="job_leased",
            ),
            models.Index(fields=["kind", "key", "-id"], name="job_kind_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_active(self) -> bool:
        """Whether the work is still to come or under way."""
        return self.state in {JobState.PENDING, JobState.RUNNING}

    @property
    def percent(self) -> int:
        """Progress, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return (
            round(100 * self.done_steps / self.total_steps) if self.total_steps else 0
        )
