"""Base classes of the product's tables."""

from django.db import models

from riskbase.shared.ids import uuid7


class Row(models.Model):
    """A row named by a time-ordered UUID."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class VersionedRow(Row):
    """A row that people edit: `version` counts its changes for conflict checks."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def etag(self) -> str:
        """Strong entity tag of this version."""
        return f'"{self.pk.hex}-{self.version}"'


class EditableRow(VersionedRow):
    """A versioned row that knows when it was made and last changed."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
