"""The published knowledge: taxonomy releases, causes, practices, base rates."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from failures.choices import PracticeKind, Reliability, Stage
from riskbase.shared.rows import Row


class TaxonomyRelease(Row):
    """A closed version of the cause tree; records keep the release they were coded in."""

    number = models.PositiveIntegerField(unique=True)
    label = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    is_current = models.BooleanField(default=False)
    literature = models.JSONField(default=dict)
    """Key -> {citation, verification}."""
    evolution = models.JSONField(default=dict)
    """{source: number, rules: {old: {change, after: {new: "share"}}}}, or empty."""

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="taxonomy_one_current_release",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="release_is_closed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest")),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CauseQuerySet(models.QuerySet["FailureCause"]):
    """Words for asking about causes."""

    def current(self) -> "CauseQuerySet":
        """Causes of the release in force."""
        return self.filter(release__is_current=True)

    def top_level(self) -> "CauseQuerySet":
        """Causes without a parent."""
        return self.filter(parent=None)


class FailureCause(Row):
    """A node of the tree in one release; texts are {language: text}."""

    release = models.ForeignKey(
        TaxonomyRelease, on_delete=models.PROTECT, related_name="causes"
    )
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children"
    )
    slug = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    title = models.JSONField()
    definition = models.JSONField()
    stages = ArrayField(models.CharField(max_length=30, choices=Stage))
    warning_signs = models.JSONField()
    checks = models.JSONField()
    robustness_related = models.BooleanField()
    is_extension = models.BooleanField(default=False)
    leakage_category = models.CharField(max_length=30, blank=True)
    seeds = ArrayField(models.CharField(max_length=10), default=list)
    literature = ArrayField(models.CharField(max_length=60), default=list)
    mappings = models.JSONField(default=dict)

    objects = CauseQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "slug"], name="cause_slug_once_per_release"
            ),
            models.UniqueConstraint(
                fields=["release", "position"], name="cause_position_once_per_release"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="cause_is_closed", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.slug


class Practice(Row):
    """A catalogue entry: a mitigation known to work against causes."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    kind = models.CharField(max_length=10, choices=PracticeKind)
    effect = models.DecimalField(max_digits=3, decimal_places=2)
    """Share of a cause's risk score removed when verified, 0 to 0.6."""
    effect_basis = models.CharField(max_length=20, default="assumed")
    cause_slugs = ArrayField(models.SlugField(max_length=60))
    seeds = ArrayField(models.CharField(max_length=10), default=list)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effect__gte=0, effect__lte="0.60"),
                name="practice_effect_range",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class PublishedRate(Row):
    """A figure from the literature, shown beside our own, never averaged in."""

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    statement = models.JSONField()
    note = models.JSONField(default=dict)
    value = models.FloatField(null=True)
    value_low = models.FloatField(null=True)
    value_high = models.FloatField(null=True)
    unit = models.JSONField(default=dict)
    n = models.PositiveIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    source = models.TextField()
    url = models.URLField(max_length=500, blank=True)
    cause_slug = models.SlugField(max_length=60, blank=True)
    reliability = models.CharField(max_length=12, choices=Reliability)
    verification = models.CharField(max_length=120, blank=True)
    seeds = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.slug
