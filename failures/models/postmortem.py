"""The record of a failure: slim facts, with prose and details beside them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit
from accounts.roles import Permission
from failures.choices import (
    CostBasis,
    Detection,
    Modality,
    Origin,
    OutcomeClass,
    PostmortemState,
    Precision,
    Sector,
    Severity,
    Sourcing,
    Stage,
    Task,
    Verification,
    Visibility,
)
from failures.models.knowledge import TaxonomyRelease
from riskbase.shared.rows import EditableRow, Row


class PostmortemQuerySet(models.QuerySet["Postmortem"]):
    """Words for asking about post-mortems."""

    def published(self) -> "PostmortemQuerySet":
        """Keep records that count in statistics."""
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
            state=PostmortemState.PUBLISHED,
            visibility__in=[Visibility.ORGANIZATION, Visibility.SHAREABLE],
        )
        in_unit = models.Q(
            visibility__in=[
                Visibility.UNIT,
                Visibility.ORGANIZATION,
                Visibility.SHAREABLE,
            ],
            state__in=[PostmortemState.PUBLISHED, PostmortemState.IN_REVIEW],
            unit__in=Unit.objects.visible_to(user),
        )
        by_right = models.Q(
            unit__in=Unit.objects.where(user, Permission.VIEW_RESTRICTED)
        )
        # An author who left the unit no longer reads what the unit keeps to itself.
        own = models.Q(author=user, unit__in=Unit.objects.visible_to(user))
        return self.filter(open_to_all | in_unit | by_right | own)


class Postmortem(EditableRow):
    """One failure or near miss, of an own project or from outside.

    `quarter` is year * 4 + (quarter of the year - 1) of the failure's date, stored
    because computing it per row costs three times the scan.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    external_id = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - unique, so absent must be null
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
        max_length=10,
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
    introduced_on = models.DateField(_("introduced on"), null=True, blank=True)
    detectable_on = models.DateField(_("detectable from"), null=True, blank=True)
    detected_on = models.DateField(_("detected on"), null=True, blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    date_precision = models.CharField(
        _("precision of the dates"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
    )
    quarter = models.SmallIntegerField(null=True, editable=False)
    cost_minor = models.BigIntegerField(_("cost"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    cost_basis = models.CharField(
        _("basis of the cost"), max_length=10, choices=CostBasis, blank=True
    )
    harmed_count = models.PositiveIntegerField(
        _("people harmed"), null=True, blank=True
    )
    verification = models.CharField(
        max_length=16, choices=Verification, default=Verification.OWN_RECORD
    )
    cause_slugs = ArrayField(models.SlugField(max_length=60), default=list)
    """Coded causes (root or contributing, at least probable), denormalized."""
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
            models.CheckConstraint(
                condition=models.Q(origin="own", unit__isnull=False)
                | ~models.Q(origin="own"),
                name="postmortem_own_has_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(cost_minor__isnull=True, currency="")
                | models.Q(cost_minor__gte=0) & ~models.Q(currency=""),
                name="postmortem_cost_has_currency",
                violation_error_message=_("Give both the cost and its currency."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="published", published_at__isnull=False)
                | ~models.Q(state="published"),
                name="postmortem_published_at",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="postmortem_unit"),
            models.Index(fields=["state", "visibility", "-id"], name="postmortem_open"),
            GinIndex(fields=["cause_slugs"], name="postmortem_causes"),
        ]

    def __str__(self) -> str:
        return self.reference


class PostmortemText(models.Model):
    """The prose of a post-mortem in one language; all of it Markdown but the title."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="texts"
    )
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    intended = models.TextField(_("what was intended"), blank=True)
    actual = models.TextField(_("what happened"), blank=True)
    acceptance_statement = models.TextField(_("acceptance statement"), blank=True)
    system = models.TextField(_("the system"), blank=True)
    diagnosis = models.TextField(_("diagnosis and its evidence"), blank=True)
    data_difference = models.TextField(
        _("how operational data differed from training data"), blank=True
    )
    data_misunderstood = models.TextField(
        _("what was not understood about the data"), blank=True
    )
    bias_origin = models.TextField(_("where the bias came from"), blank=True)
    upstream_change = models.TextField(_("upstream change and its reach"), blank=True)
    counterexamples = models.TextField(_("counterexamples"), blank=True)
    environment = models.TextField(_("environment and versions"), blank=True)
    detection_story = models.TextField(
        _("how it was noticed, and why not earlier"), blank=True
    )
    impact = models.TextField(_("impact"), blank=True)
    long_term_effect = models.TextField(_("long-term effect"), blank=True)
    declared_success = models.TextField(_("success that was declared"), blank=True)
    value_delivered = models.TextField(_("value that was delivered"), blank=True)
    surprise = models.TextField(_("why it surprised us"), blank=True)
    went_well = models.TextField(_("what went well"), blank=True)
    lucky = models.TextField(_("where we got lucky"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)
    loss = models.TextField(_("loss in words"), blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["postmortem", "language"], name="postmortem_text_language"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="postmortem_text_search"),
            GinIndex(
                OpClass(models.F("title"), name="gin_trgm_ops"),
                name="postmortem_title_trigram",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostmortemDetail(models.Model):
    """Measured details that aggregates rarely need; null means not known."""

    postmortem = models.OneToOneField(
        Postmortem, on_delete=models.CASCADE, primary_key=True, related_name="detail"
    )
    metric = models.CharField(_("metric"), max_length=80, blank=True)
    promised = models.FloatField(_("promised value"), null=True, blank=True)
    training = models.FloatField(_("value in training"), null=True, blank=True)
    test = models.FloatField(_("value in testing"), null=True, blank=True)
    operation = models.FloatField(_("value in operation"), null=True, blank=True)
    met_offline = models.BooleanField(
        _("the promised value was once reached offline"), null=True, blank=True
    )
    met_offline_on = models.DateField(_("reached offline on"), null=True, blank=True)
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


class TimelineEntry(Row):
    """A dated step of the story."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="timeline"
    )
    on = models.DateField(_("date"))
    text = models.TextField(_("what happened, and what was known then"))

    class Meta:
        ordering = ["on", "id"]

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
