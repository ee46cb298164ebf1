"""Cause codings and the follow-ups that answer them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from failures.choices import (
    WITHIN_RANGE,
    ActionKind,
    ActionState,
    CauseRole,
    Confidence,
    Priority,
    Stage,
)
from failures.models.knowledge import FailureCause
from failures.models.postmortem import Postmortem
from riskbase.shared.rows import EditableRow, VersionedRow


class CauseCodingQuerySet(models.QuerySet["CauseCoding"]):
    """Words for asking about codings."""

    def told_to(self, user: Person) -> "CauseCodingQuerySet":
        """Keep codings that a blind second coding does not hide from `user`.

        While the record's causes are sealed only those who code it first see them:
        administrators too could be the second coder.
        """
        told = models.Q(postmortem__causes_sealed=False)
        if user.is_authenticated:
            told |= models.Q(coder=user) | models.Q(postmortem__author=user)
        return self.filter(told)


class CauseCoding(VersionedRow):
    """A cause of a failure: its role, how sure, and on what evidence.

    A narrow fact row: the post-mortem's quarter and sector are copied here so that
    aggregates need no join.
    """

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="codings"
    )
    cause = models.ForeignKey(
        FailureCause,
        on_delete=models.PROTECT,
        related_name="codings",
        verbose_name=_("cause"),
    )
    role = models.CharField(_("role"), max_length=14, choices=CauseRole)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence)
    mechanism = models.TextField(_("mechanism"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    evidence_url = models.URLField(_("link to evidence"), max_length=500, blank=True)
    evidence_file = models.CharField(_("file of evidence"), max_length=64, blank=True)
    """SHA-256 of a file beside the record; the file may have been taken away since."""
    quote = models.TextField(_("quotation"), blank=True)
    stage_detectable = models.CharField(
        _("earliest stage where it could have been seen"),
        max_length=20,
        choices=Stage,
        blank=True,
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    quarter = models.SmallIntegerField(null=True, editable=False)
    sector = models.CharField(max_length=20, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CauseCodingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["postmortem", "cause", "role"], name="coding_once_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.postmortem_id} {self.cause_id} {self.role}"


class ActionItem(EditableRow):
    """A follow-up with an owner, a date and a way to tell that it worked."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="actions"
    )
    cause_slug = models.SlugField(_("cause"), max_length=60, blank=True)
    text = models.CharField(_("action"), max_length=400)
    kind = models.CharField(_("kind"), max_length=10, choices=ActionKind)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(
        _("due on"), null=True, blank=True, validators=WITHIN_RANGE
    )
    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority, default=Priority.NORMAL
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    success_check = models.CharField(
        _("how we will see that it works"), max_length=400, blank=True
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ActionState, default=ActionState.OPEN
    )
    refusal_reason = models.CharField(
        _("reason for not doing it"), max_length=400, blank=True
    )
    verification = models.TextField(_("what showed that it works"), blank=True)
    verification_url = models.URLField(
        _("link to the evidence"), max_length=500, blank=True
    )
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
            models.CheckConstraint(
                condition=~models.Q(state="wont_do") | ~models.Q(refusal_reason=""),
                name="action_refusal_has_reason",
                violation_error_message=_("Give the reason for not doing it."),
            ),
            # Old rows were verified before evidence was asked for: they have no date.
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=True)
                | models.Q(state="verified")
                & ~models.Q(verification="", verification_url=""),
                name="action_verified_with_evidence",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(state__in=["open", "in_progress"]),
                name="action_overdue",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_undone(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in {ActionState.OPEN, ActionState.IN_PROGRESS}
