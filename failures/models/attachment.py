"""Files beside a record; the bytes lie outside the web root."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from failures.models.postmortem import Postmortem
from riskbase.shared.holdings import refers
from riskbase.shared.rows import Row


@refers
class Attachment(Row):
    """One file of one record; files with the same content share their bytes."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField(max_length=200)
    """As the person called it; never used as a path."""
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    """Bytes."""
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["postmortem", "sha256"], name="attachment_once"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="attachment_content")]

    def __str__(self) -> str:
        return self.name
