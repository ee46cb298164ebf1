"""The version of a record that may leave the organization."""

from django.conf import settings
from django.db import models

from failures.models.postmortem import Postmortem
from riskbase.shared.rows import EditableRow


class Sharing(EditableRow):
    """Which names are written otherwise, and who signed the result off.

    `pseudonyms` is a list of {name, pseudonym}. `signed_digest` is that of the version
    that was signed off: any later change of what it says makes it void.
    """

    postmortem = models.OneToOneField(
        Postmortem, on_delete=models.CASCADE, related_name="sharing"
    )
    pseudonyms = models.JSONField(default=list)
    signed_digest = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    def __str__(self) -> str:
        return str(self.postmortem_id)
