"""Changes of questions and practices that lessons propose."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from failures.choices import ProposalKind, ProposalState
from failures.models.postmortem import Postmortem
from riskbase.shared.rows import EditableRow


class Proposal(EditableRow):
    """What a failure teaches the next intake: a change somebody has to decide on."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="proposals"
    )
    kind = models.CharField(_("what it changes"), max_length=10, choices=ProposalKind)
    target = models.CharField(_("which one"), max_length=200, blank=True)
    """Slug of a practice, `questionnaire:question`, or empty for a new one."""
    text = models.TextField(_("proposed change"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN
    )
    answer = models.TextField(_("answer"), blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(answer=""),
                name="proposal_declined_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["kind", "target"], name="proposal_target")]

    def __str__(self) -> str:
        return self.text[:60]
