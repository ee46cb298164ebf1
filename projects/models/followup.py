"""What is done about the risk, and how it ended."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from failures.choices import Stage
from failures.models import Postmortem, Practice
from projects.choices import MitigationState, OutcomeKind
from projects.models.project import Project
from riskbase.shared.rows import EditableRow, Row


class Mitigation(EditableRow):
    """A practice applied to a project."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="mitigations"
    )
    practice = models.ForeignKey(
        Practice,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("practice"),
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=MitigationState,
        default=MitigationState.PLANNED,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    verified_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "practice"],
                name="mitigation_once_per_practice",
                violation_error_message=_("This practice is already planned here."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="verified", verified_at__isnull=False)
                | ~models.Q(state="verified"),
                name="mitigation_verified_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.practice_id}"

    @property
    def unit_id(self) -> uuid.UUID:
        """Unit whose people hear of it."""
        return self.project.unit_id


class Outcome(Row):
    """How a project ended or stands at a date; the newest one is current."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="outcomes"
    )
    kind = models.CharField(_("outcome"), max_length=14, choices=OutcomeKind)
    happened_on = models.DateField(_("date"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    cost_minor = models.BigIntegerField(_("cost"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    statement = models.TextField(_("statement"), blank=True)
    postmortem = models.OneToOneField(
        Postmortem,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outcome_of",
    )
    is_current = models.BooleanField(default=True)
    quarter = models.SmallIntegerField(editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(is_current=True),
                name="outcome_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(cost_minor__isnull=True, currency="")
                | models.Q(cost_minor__gte=0) & ~models.Q(currency=""),
                name="outcome_cost_has_currency",
                violation_error_message=_("Give both the cost and its currency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"

    @property
    def unit_id(self) -> uuid.UUID:
        """Unit whose people hear of it."""
        return self.project.unit_id
