"""Stored results of statistics jobs."""

from django.db import models

from accounts.models import Person, Unit
from riskbase.shared.rows import Row


class Population(models.TextChoices):
    """Two populations that are never mixed, and the units' parts of the first."""

    CASES = "cases"
    """Post-mortems including outside cases: no denominator, shares only."""
    PORTFOLIO = "portfolio"
    """Own projects: everything has a denominator."""


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Words for asking about snapshots."""

    def current(self) -> "SnapshotQuerySet":
        """Snapshots in force: one per population and unit."""
        return self.filter(is_current=True)

    def visible_to(self, user: Person) -> "SnapshotQuerySet":
        """Whole-organization snapshots for everybody; a unit's for its people."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(
            models.Q(unit=None) | models.Q(unit__in=Unit.objects.visible_to(user))
        )


class Snapshot(Row):
    """A published statistics result with its provenance.

    `payload` is exactly what pages and the API serve: small cells are already
    withheld in it.
    """

    population = models.CharField(max_length=10, choices=Population)
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.CASCADE, related_name="+"
    )
    as_of = models.DateField()
    method_version = models.CharField(max_length=20)
    watermark = models.CharField(max_length=64)
    """Id of the last outbox event the facts contain."""
    n = models.PositiveIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    job_id = models.UUIDField(null=True)
    is_current = models.BooleanField(default=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["population", "unit"],
                condition=models.Q(is_current=True),
                name="snapshot_one_current",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.population} {self.unit_id or '*'} {self.as_of}"
