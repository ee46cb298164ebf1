"""The record of a failure: slim facts, with prose and details beside them."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit
from accounts.roles import Permission
from failures.choices import (
    COUNTED_STATES,
    FROZEN_STATES,
    Detection,
    Modality,
    Origin,
    OutcomeClass,
    PostmortemState,
    Sector,
    Severity,
    Sourcing,
    Stage,
    Task,
    Verification,
    Visibility,
)
from failures.models.cause_sets import KEEP
from failures.models.knowledge import TaxonomyRelease
from failures.models.stated import NOT_NEGATIVE, UNPRICED, DatedRow, PricedRow
from riskbase.shared.rows import EditableRow


class PostmortemQuerySet(models.QuerySet["Postmortem"]):
    """Words for asking about post-mortems."""

    def published(self) -> "PostmortemQuerySet":
        """Keep records that count in statistics."""
        return self.filter(state__in=COUNTED_STATES)

    def precedents(self) -> "PostmortemQuerySet":
        """Keep records that are offered as earlier cases: archived ones are not."""
        return self.filter(state=PostmortemState.PUBLISHED)

    def visible_to(self, user: Person) -> "PostmortemQuerySet":
        """Rows `user` may read.

        Open ones (organization, shareable) once published; unit ones within the
        unit; restricted ones and drafts only to their author and to those who
        may see restricted records of the unit. Outside cases without a unit are
        restricted to site administrators.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        open_to_all = models.Q(
            state__in=COUNTED_STATES,
            visibility__in=[Visibility.ORGANIZATION, Visibility.SHAREABLE],
        )
        units = Unit.objects.visible_to(user)
        in_unit = models.Q(
            visibility__in=[
                Visibility.UNIT,
                Visibility.ORGANIZATION,
                Visibility.SHAREABLE,
            ],
            state__in=[*FROZEN_STATES, PostmortemState.IN_REVIEW],
            unit__in=units,
        )
        by_right = models.Q(
            unit__in=Unit.objects.where(user, Permission.VIEW_RESTRICTED)
        )
        # An author who left the unit no longer reads what the unit keeps to itself.
        own = models.Q(author=user, unit__in=units)
        return self.filter(open_to_all | in_unit | by_right | own)


class Postmortem(DatedRow, PricedRow, EditableRow):
    """One failure or near miss, of an own project or from outside.

    `quarter` is year * 4 + (quarter of the year - 1) of the failure's date, stored
    because computing it per row costs three times the scan.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    external_id = models.CharField(max_length=120, null=True)  # noqa: DJ001 - once per unit, so absent must be null
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    is_demo = models.BooleanField(default=False, editable=False)
    unit = models.ForeignKey(
        Unit,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("unit"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
    )
    visibility = models.CharField(
        _("who may read it"),
        max_length=12,
        choices=Visibility,
        default=Visibility.UNIT,
    )
    state = models.CharField(
        _("state"),
        max_length=18,
        choices=PostmortemState,
        default=PostmortemState.DRAFT,
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    release = models.ForeignKey(
        TaxonomyRelease, null=True, on_delete=models.PROTECT, related_name="+"
    )

    outcome = models.CharField(
        _("how it ended"), max_length=10, choices=OutcomeClass, blank=True
    )
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity, blank=True
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    task = models.CharField(_("task"), max_length=20, choices=Task, blank=True)
    modality = models.CharField(
        _("kind of data"), max_length=12, choices=Modality, blank=True
    )
    sourcing = models.CharField(
        _("build or buy"), max_length=10, choices=Sourcing, blank=True
    )
    stage_introduced = models.CharField(
        _("stage where it was introduced"), max_length=20, choices=Stage, blank=True
    )
    stage_detectable = models.CharField(
        _("earliest stage where it could have been seen"),
        max_length=20,
        choices=Stage,
        blank=True,
    )
    stage_detected = models.CharField(
        _("stage where it was detected"), max_length=20, choices=Stage, blank=True
    )
    detection = models.CharField(
        _("how it was detected"), max_length=16, choices=Detection, blank=True
    )
    quarter = models.SmallIntegerField(null=True, editable=False)
    harmed_count = models.PositiveIntegerField(
        _("people harmed"), null=True, blank=True
    )
    affected_low = models.PositiveIntegerField(
        _("people affected, at least"), null=True, blank=True
    )
    affected_high = models.PositiveIntegerField(
        _("people affected, at most"), null=True, blank=True
    )
    verification = models.CharField(
        max_length=16, choices=Verification, default=Verification.OWN_RECORD
    )
    cause_slugs = ArrayField(models.SlugField(max_length=60), default=list)
    """Coded causes (root or contributing, at least probable), denormalized.

    Empty while they are sealed, so that no list, count or filter tells them.
    """
    causes_sealed = models.BooleanField(default=False, editable=False)
    """Whether a blind second coding is under way: see `CauseCoding.told_to`."""
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PostmortemQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            # Per unit: or that a number is taken would tell of another unit's record.
            models.UniqueConstraint(
                fields=["external_id", "unit"],
                name="postmortem_external_id",
                condition=models.Q(external_id__isnull=False),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(origin="own", unit__isnull=False)
                | ~models.Q(origin="own"),
                name="postmortem_own_has_unit",
            ),
            models.CheckConstraint(
                condition=UNPRICED & models.Q(currency="")
                | ~UNPRICED & ~models.Q(currency=""),
                name="postmortem_cost_has_currency",
                violation_error_message=_("Give both the cost and its currency."),
            ),
            models.CheckConstraint(
                condition=NOT_NEGATIVE,
                name="postmortem_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(spent_minor__isnull=True)
                | models.Q(wasted_minor__isnull=True)
                | models.Q(wasted_minor__lte=models.F("spent_minor")),
                name="postmortem_wasted_of_spent",
                violation_error_message=_("More cannot be wasted than was spent."),
            ),
            models.CheckConstraint(
                condition=models.Q(affected_low__isnull=True)
                | models.Q(affected_high__isnull=True)
                | models.Q(affected_low__lte=models.F("affected_high")),
                name="postmortem_affected_range",
                violation_error_message=_("At least cannot be more than at most."),
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=False)
                | ~models.Q(state__in=COUNTED_STATES),
                name="postmortem_published_at",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name=f"cause_sets_of_{verb}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]
                func=KEEP,
            )
            for verb, operation in (
                ("inserted", pgtrigger.Insert),
                ("updated", pgtrigger.Update),
            )
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="postmortem_unit"),
            models.Index(fields=["state", "visibility", "-id"], name="postmortem_open"),
            GinIndex(fields=["cause_slugs"], name="postmortem_causes"),
            HashIndex(fields=["cause_slugs"], name="postmortem_cause_set"),
        ]

    def __str__(self) -> str:
        return self.reference
