"""Files that support an answer; the bytes lie outside the web root."""

import uuid

from django.conf import settings
from django.db import models

from projects.models.assessment import Assessment
from riskbase.shared.holdings import refers
from riskbase.shared.rows import Row


@refers
class EvidenceFile(Row):
    """One file beside one answer; files with the same content share their bytes."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="evidence"
    )
    question = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    """As the person called it; never used as a path."""
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    """Bytes."""
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    carried_from = models.ForeignKey(
        Assessment, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "sha256"], name="evidence_once"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="evidence_content")]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_id(self) -> uuid.UUID:
        """The project's unit: where audit of this row belongs."""
        return self.assessment.unit_id
