"""Files of a record as JSON, and as what is uploaded."""

from typing import Any

from rest_framework import serializers

from failures.models import Attachment
from riskbase.shared.api.serializers import Strict


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file of a record; its content is under `content/`."""

    uploaded_by = serializers.CharField(
        source="uploaded_by.username", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Attachment
        fields = [
            "id", "name", "content_type", "size", "sha256", "uploaded_by", "uploaded_at"
        ]  # fmt: skip
        read_only_fields = fields


class NewAttachmentSerializer(Strict, serializers.Serializer[Any]):
    """What is uploaded: the kind of file is told by its content."""

    file = serializers.FileField(max_length=400)
