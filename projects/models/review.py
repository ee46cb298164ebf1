"""What reviewers say of an assessment, and exceptions from its gates."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from projects.choices import OverrideState, ReviewVerdict, ThreadState
from projects.models.assessment import Assessment
from riskbase.shared.rows import EditableRow, Row


class SectionReview(EditableRow):
    """A reviewer asked about one section, and their verdict; no section: all of it."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="section_reviews"
    )
    section = models.SlugField(max_length=60, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reviewer"),
    )
    verdict = models.CharField(
        max_length=18, choices=ReviewVerdict, default=ReviewVerdict.PENDING
    )
    note = models.TextField(_("note"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "section", "reviewer"], name="review_asked_once"
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer", "verdict"], name="review_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.section}"

    @property
    def unit_id(self) -> uuid.UUID:
        """The project's unit: where audit of this row belongs."""
        return self.assessment.unit_id


class Thread(EditableRow):
    """A conversation about one question; `asks_change` blocks the approval."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="threads"
    )
    question = models.SlugField(max_length=60)
    asks_change = models.BooleanField(_("asks for a change"), default=False)
    state = models.CharField(
        max_length=10, choices=ThreadState, default=ThreadState.OPEN
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["assessment", "question"], name="thread_question")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question}"

    @property
    def unit_id(self) -> uuid.UUID:
        """The project's unit: where audit of this row belongs."""
        return self.assessment.unit_id

    @property
    def is_open(self) -> bool:
        """Whether it still wants something."""
        return self.state == ThreadState.OPEN


class Comment(Row):
    """One thing said in a thread; what was said stays."""

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("comment"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class OverrideQuerySet(models.QuerySet["GateOverride"]):
    """Words for asking about exceptions."""

    def visible_to(self, user: Person) -> "OverrideQuerySet":
        """Exceptions in the assessments visible to `user`."""
        return self.filter(assessment__in=Assessment.objects.visible_to(user))


class GateOverride(EditableRow):
    """Leave to go on although a gate holds: a reason, another's approval, an end."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="overrides"
    )
    gate = models.SlugField(max_length=60)
    reason = models.TextField(_("reason"))
    expires_on = models.DateField(_("expires on"))
    """The last day on which it holds."""
    state = models.CharField(
        max_length=10, choices=OverrideState, default=OverrideState.REQUESTED
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(_("note on the decision"), blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "gate"],
                condition=models.Q(state="requested"),
                name="override_one_request",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(requested_by__isnull=True)
                | models.Q(state="withdrawn")
                | ~models.Q(decided_by=models.F("requested_by")),
                name="override_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.gate}"

    @property
    def unit_id(self) -> uuid.UUID:
        """The project's unit: where audit of this row belongs."""
        return self.assessment.unit_id
