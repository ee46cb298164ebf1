"""Assessments, their answers, and the immutable runs that scored them."""

import uuid

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from projects.choices import OPEN_STATES, AnswerState, AssessmentState, Tier
from projects.models.project import Project
from projects.models.questionnaire import QuestionnaireVersion
from riskbase.shared.rows import EditableRow, Row


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Words for asking about assessments."""

    def visible_to(self, user: Person) -> "AssessmentQuerySet":
        """Assessments of the projects visible to `user`."""
        return self.filter(project__in=Project.objects.visible_to(user))


class Assessment(EditableRow):
    """One filling-in of one version for one project."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="assessments"
    )
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="assessments"
    )
    state = models.CharField(
        _("state"),
        max_length=18,
        choices=AssessmentState,
        default=AssessmentState.DRAFT,
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    own_estimate = models.PositiveSmallIntegerField(
        _("own estimate of the probability of failure, percent"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    estimate_settled_at = models.DateTimeField(null=True)
    """When the own estimate was given or skipped: before it no result is shown."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(_("note on the decision"), blank=True)
    answered_count = models.PositiveSmallIntegerField(default=0)
    reachable_count = models.PositiveSmallIntegerField(default=0)
    tier = models.CharField(max_length=10, choices=Tier, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft", submitted_at__isnull=True)
                | ~models.Q(state="draft") & models.Q(submitted_at__isnull=False),
                name="assessment_submitted_at",
            ),
            models.CheckConstraint(
                condition=models.Q(own_estimate__isnull=True)
                | models.Q(own_estimate__lte=100),
                name="assessment_estimate_range",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="assessment_project"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.created_at:%Y-%m-%d}"

    @property
    def is_draft(self) -> bool:
        """Whether it was never submitted."""
        return self.state == AssessmentState.DRAFT

    @property
    def shows_result(self) -> bool:
        """Whether a running result may be shown: not before the own estimate."""
        return not self.is_draft or self.estimate_settled_at is not None

    @property
    def is_open(self) -> bool:
        """Whether answers can change: a draft, or sent back for changes."""
        return self.state in OPEN_STATES

    @property
    def unit_id(self) -> uuid.UUID:
        """The project's unit: where audit and events of this row belong."""
        return self.project.unit_id

    def was_submitted_by(self, user: Person) -> bool:
        """Whether `user` submitted it in this round or in an earlier one."""
        if self.submitted_by_id == user.pk:
            return user.pk is not None
        return self.runs.filter(created_by=user.pk).exists()


class Answer(Row):
    """What a person said to one question; no row means blank, and so does state blank."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.SlugField(max_length=60)
    state = models.CharField(max_length=14, choices=AnswerState)
    value = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    evidence_url = models.URLField(max_length=500, blank=True)
    carried_from = models.ForeignKey(
        Assessment, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="answer_once_per_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question}"


class ScoringRun(Row):
    """The immutable result of scoring an assessment, slim for analysis."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="runs"
    )
    instrument_digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    result_digest = models.CharField(max_length=64)
    low = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    point = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    high = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    impact = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    tier = models.CharField(max_length=10, choices=Tier, blank=True)
    """Empty: not assessable."""
    provisional = models.BooleanField()
    completeness = models.DecimalField(max_digits=5, decimal_places=4)
    binding_cause = models.SlugField(max_length=60, blank=True)
    predicted_failure = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    """Frozen P(failure); null while the model is not calibrated yet."""
    own_estimate = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["assessment", "-id"], name="run_assessment")]
        triggers = [
            pgtrigger.Protect(
                name="run_is_frozen", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ScoringRecord(models.Model):
    """The run's frozen answer sheet and full result, cold beside the slim row."""

    run = models.OneToOneField(
        ScoringRun, on_delete=models.CASCADE, primary_key=True, related_name="record"
    )
    sheet = models.JSONField()
    causes = models.JSONField()
    """Cause slug -> top-level slug, as they stood."""
    result = models.TextField()
    """Canonical JSON; replay must give these very bytes."""

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="record_is_frozen", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
