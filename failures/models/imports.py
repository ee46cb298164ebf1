"""Imports of files: what was asked, how far it is, and what was wrong."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from failures.choices import ImportMode, ImportStage, Visibility
from riskbase.shared.holdings import refers
from riskbase.shared.jobs.models import Job
from riskbase.shared.rows import EditableRow, Row


@refers
class ImportRun(EditableRow):
    """One uploaded file on its way into a unit.

    `next_row` is the row of the file from which a lost worker's successor goes on:
    it is written with the records of each batch.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="+", verbose_name=_("unit")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    format = models.CharField(max_length=10)
    head = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=20, blank=True)
    mapping = models.JSONField(default=dict)
    visibility = models.CharField(
        _("who may read it"),
        max_length=12,
        choices=Visibility,
        default=Visibility.RESTRICTED,
    )
    mode = models.CharField(
        _("if rows are at fault"),
        max_length=10,
        choices=ImportMode,
        default=ImportMode.PARTIAL,
    )
    is_dry = models.BooleanField(default=True)
    stage = models.CharField(
        max_length=10, choices=ImportStage, default=ImportStage.UPLOADED
    )
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    next_row = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    """Rows with at least one fault."""
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["unit", "-id"], name="import_unit"),
            models.Index(fields=["requested_by", "-id"], name="import_person"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def good(self) -> int:
        """Rows without any fault."""
        return self.rows - self.faulty

    @property
    def standing(self) -> str:
        """How far it is; work that was given up has failed, whatever it had reached."""
        is_lost = self.job is not None and not self.job.is_active
        if self.stage == ImportStage.WAITING and is_lost:
            return str(ImportStage.FAILED.value)
        return str(self.stage)

    @property
    def is_finished(self) -> bool:
        """Whether its last job came to its end."""
        return self.stage in {
            ImportStage.CHECKED,
            ImportStage.IMPORTED,
            ImportStage.REFUSED,
        }


class ImportFault(Row):
    """One fault of one row."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    value = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["run", "row", "id"], name="import_fault")]

    def __str__(self) -> str:
        return f"{self.row} {self.column} {self.code}"
