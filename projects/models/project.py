"""A project and its prose."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit
from failures.choices import Modality, Sector, Sourcing, Stage, Task
from projects.choices import OutcomeKind, ProjectState, Tier
from riskbase.shared.rows import EditableRow


class ProjectQuerySet(models.QuerySet["Project"]):
    """Words for asking about projects."""

    def visible_to(self, user: Person) -> "ProjectQuerySet":
        """Rows `user` may read: those of the units visible to them."""
        if user.is_authenticated and user.is_active and user.is_superuser:
            return self
        return self.filter(unit__in=Unit.objects.visible_to(user))

    def active(self) -> "ProjectQuerySet":
        """Projects without a closing outcome."""
        return self.filter(state=ProjectState.ACTIVE)


class Project(EditableRow):
    """An ML initiative with owner, unit, stage and reference class.

    The `current_*` columns repeat the latest scoring run and outcome, written in
    the same transaction: a portfolio page must not search for the latest per row.
    Scores are 0 to 100.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=160)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("owner"),
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.PROBLEM_FRAMING
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ProjectState,
        default=ProjectState.ACTIVE,
        editable=False,
    )
    is_demo = models.BooleanField(default=False, editable=False)

    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    task = models.CharField(_("task"), max_length=20, choices=Task, blank=True)
    modality = models.CharField(
        _("kind of data"), max_length=12, choices=Modality, blank=True
    )
    sourcing = models.CharField(
        _("build or buy"), max_length=10, choices=Sourcing, blank=True
    )
    started_on = models.DateField(_("started on"), null=True, blank=True)
    due_on = models.DateField(_("result due on"), null=True, blank=True)
    budget_minor = models.BigIntegerField(_("budget"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    current_run = models.ForeignKey(
        "projects.ScoringRun",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    current_low = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    current_point = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    current_high = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    current_impact = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    current_tier = models.CharField(max_length=10, choices=Tier, blank=True)
    current_provisional = models.BooleanField(default=False)
    current_cause = models.SlugField(max_length=60, blank=True)
    current_scored_at = models.DateTimeField(null=True)
    reassess_on = models.DateField(_("assess again by"), null=True, editable=False)
    """Follows from tier and stage of the current run; empty when closed."""
    current_outcome = models.CharField(max_length=14, choices=OutcomeKind, blank=True)
    current_outcome_on = models.DateField(null=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(budget_minor__isnull=True, currency="")
                | models.Q(budget_minor__gte=0) & ~models.Q(currency=""),
                name="project_budget_has_currency",
                violation_error_message=_("Give both the budget and its currency."),
            ),
            models.CheckConstraint(
                condition=models.Q(started_on__isnull=True)
                | models.Q(due_on__isnull=True)
                | models.Q(due_on__gte=models.F("started_on")),
                name="project_due_after_start",
                violation_error_message=_("The result is due before the start."),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="project_unit"),
            models.Index(fields=["-current_point", "-id"], name="project_risk"),
            models.Index(fields=["reassess_on"], name="project_reassess"),
            GinIndex(
                OpClass(models.F("name"), name="gin_trgm_ops"),
                name="project_name_trigram",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_assessed(self) -> bool:
        """Whether a submitted assessment stands behind the current scores."""
        return self.current_run_id is not None


class ProjectText(models.Model):
    """The project's prose, kept off the analytic row."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    description = models.TextField(_("description"), blank=True)
    goal = models.TextField(_("goal and the decision it changes"), blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class ProjectCause(models.Model):
    """Risk of one cause for one project, of its current run: a narrow fact row.

    `current` counts verified mitigations, `target` also implemented and planned.
    `shares` tells, for a top-level cause, which part of its warning (0 to 1, as
    decimal text) each named cause carries: a practice against a sub-cause acts on it.
    """

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="cause_risks"
    )
    cause_slug = models.SlugField(max_length=60)
    is_top_level = models.BooleanField()
    low = models.DecimalField(max_digits=4, decimal_places=1)
    point = models.DecimalField(max_digits=4, decimal_places=1)
    high = models.DecimalField(max_digits=4, decimal_places=1)
    current = models.DecimalField(max_digits=4, decimal_places=1)
    target = models.DecimalField(max_digits=4, decimal_places=1)
    shares = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "cause_slug"], name="project_cause_once"
            ),
        ]
        indexes = [
            models.Index(fields=["cause_slug", "-point"], name="project_cause_point"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.cause_slug}"
