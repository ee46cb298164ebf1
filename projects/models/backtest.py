"""A version scored over past answer sheets: what would have been different."""

from django.conf import settings
from django.db import models

from projects.choices import Tier
from projects.models.assessment import ScoringRun
from projects.models.questionnaire import QuestionnaireVersion
from riskbase.shared.jobs.models import Job
from riskbase.shared.rows import Row


class Backtest(Row):
    """One run of a document over the sheets that were there; old runs stay as they are."""

    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="backtests"
    )
    digest = models.CharField(max_length=64)
    """Of the document that was scored: an edited draft needs a new one."""
    document = models.JSONField()
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    sheets = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)
    """Tier migrations, gates, and the distribution of score differences."""

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.questionnaire_version_id} {self.digest[:8]}"


class BacktestLine(models.Model):
    """How one past run would have come out."""

    id = models.BigAutoField(primary_key=True)
    backtest = models.ForeignKey(
        Backtest, on_delete=models.CASCADE, related_name="lines"
    )
    run = models.ForeignKey(
        ScoringRun,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    before_tier = models.CharField(max_length=10, choices=Tier, blank=True)
    after_tier = models.CharField(max_length=10, choices=Tier, blank=True)
    before_point = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    after_point = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    gates = models.JSONField(default=list)
    """Codes of the gates that would fire."""

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["backtest", "id"], name="backtest_line")]

    def __str__(self) -> str:
        return str(self.pk)
