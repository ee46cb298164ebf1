"""What if: changed answers and practices over an assessment, saved to compare."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.assessment import Assessment
from riskbase.shared.rows import EditableRow


class Scenario(EditableRow):
    """A named set of changes; its result is computed anew whenever it is read."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="scenarios"
    )
    name = models.CharField(_("name"), max_length=120)
    answers = models.JSONField(default=dict)
    """Question code -> {state, value, reason} that replaces the given answer."""
    practices = models.JSONField(default=list)
    """Slugs of practices taken as working."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "name"],
                name="scenario_name_once",
                violation_error_message=_("There is a scenario of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_id(self) -> uuid.UUID:
        """The project's unit: where audit of this row belongs."""
        return self.assessment.unit_id
