"""The second, blind coding of a record and what came of comparing the two."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from failures.models.postmortem import Postmortem
from riskbase.shared.rows import EditableRow


class SecondCoding(EditableRow):
    """Two codings of one record, made apart, and the decision between them.

    The first coding is the record's own; the second stands here alone, as a list of
    {cause, role, confidence, mechanism, evidence, evidence_url, evidence_file, quote,
    stage_detectable}, so that nothing that reads codings can tell it. `first` keeps
    the record's coding as it was when both had submitted.
    """

    postmortem = models.OneToOneField(
        Postmortem, on_delete=models.CASCADE, related_name="second_coding"
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("second coder"),
    )
    judgements = models.JSONField(default=list)
    first = models.JSONField(null=True)
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    """When the first coding came to be readable before both had submitted."""
    decision = models.JSONField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(_("why so"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True)
                | models.Q(submitted_at__isnull=False, first__isnull=False),
                name="second_coding_decided_after_both",
            ),
        ]

    def __str__(self) -> str:
        return str(self.postmortem_id)

    @property
    def is_revealed(self) -> bool:
        """Whether both have submitted, so that each sees the other's."""
        return self.submitted_at is not None and self.first_submitted_at is not None

    @property
    def is_open(self) -> bool:
        """Whether the two still wait for a decision."""
        return self.is_revealed and self.decided_at is None
