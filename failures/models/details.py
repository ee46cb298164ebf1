"""What belongs to a post-mortem: measurements, timeline, sources."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from failures.choices import WITHIN_RANGE, Stage, StepKind
from failures.models.postmortem import Postmortem
from riskbase.shared.rows import Row, VersionedRow


class PostmortemDetail(models.Model):
    """Measured details that aggregates rarely need; null means not known."""

    postmortem = models.OneToOneField(
        Postmortem, on_delete=models.CASCADE, primary_key=True, related_name="detail"
    )
    metric = models.CharField(_("metric"), max_length=80, blank=True)
    metric_unit = models.CharField(_("unit of the metric"), max_length=40, blank=True)
    target = models.FloatField(_("value needed to be of use"), null=True, blank=True)
    promised = models.FloatField(_("promised value"), null=True, blank=True)
    training = models.FloatField(_("value in training"), null=True, blank=True)
    test = models.FloatField(_("value in testing"), null=True, blank=True)
    operation = models.FloatField(_("value in operation"), null=True, blank=True)
    met_offline = models.BooleanField(
        _("the promised value was once reached offline"), null=True, blank=True
    )
    met_offline_on = models.DateField(_("reached offline on"), null=True, blank=True)
    method_family = models.CharField(_("family of methods"), max_length=120, blank=True)
    model_version = models.CharField(
        _("version of the model"), max_length=120, blank=True
    )
    developer = models.CharField(_("who developed it"), max_length=200, blank=True)
    deployer = models.CharField(_("who put it to use"), max_length=200, blank=True)
    detected_by = models.CharField(
        _("role of who noticed it"), max_length=120, blank=True
    )
    human_agreement = models.FloatField(
        _("agreement among people on the same task, percent"), null=True, blank=True
    )
    stalled_stage = models.CharField(
        _("stage at which the project stalled"),
        max_length=20,
        choices=Stage,
        blank=True,
    )
    days_before_baseline = models.PositiveIntegerField(
        _("days of work before the first simple baseline"), null=True, blank=True
    )
    plumbing_percent = models.PositiveSmallIntegerField(
        _("share of time spent on data plumbing, percent"), null=True, blank=True
    )
    residual_risk_recorded = models.BooleanField(
        _("the residual risk had been recorded and accepted"), null=True, blank=True
    )
    warning_given = models.BooleanField(
        _("somebody had warned beforehand"), null=True, blank=True
    )
    correction_known = models.BooleanField(
        _("the team could say what to correct"), null=True, blank=True
    )
    avoidable = models.BooleanField(
        _("it was avoidable with what was known"), null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(plumbing_percent__isnull=True)
                | models.Q(plumbing_percent__lte=100),
                name="postmortem_plumbing_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class TimelineEntry(VersionedRow):
    """A dated step of the story; appended only, a correction replaces it."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="timeline"
    )
    on = models.DateField(_("date"), validators=WITHIN_RANGE)
    kind = models.CharField(
        _("kind"), max_length=10, choices=StepKind, default=StepKind.EVENT
    )
    text = models.TextField(_("what happened"))
    known_then = models.TextField(_("what was known then"), blank=True)
    evidence_url = models.URLField(_("link to evidence"), max_length=500, blank=True)
    corrects = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.CASCADE,
        related_name="corrected_by",
        editable=False,
    )
    """The entry that this one replaces, and whose version it counts on from."""
    correction_reason = models.CharField(
        _("reason for the correction"), max_length=400, blank=True
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)
    """Whether this correction takes the step back altogether."""
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["on", "id"]
        triggers = [
            pgtrigger.Protect(
                name="timeline_is_appended_only",
                operation=pgtrigger.Update,
                # A person who is deleted is forgotten; nothing else ever changes.
                condition=pgtrigger.AnyChange(exclude=["author"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.text[:40]}"


class Source(Row):
    """Where the facts of a case can be read."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="sources"
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
