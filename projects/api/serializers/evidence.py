"""Files beside answers as JSON, and as what is uploaded."""

from typing import Any

from rest_framework import serializers

from projects.api.serializers.reviews import person
from projects.models import EvidenceFile
from riskbase.shared.api.serializers import Strict


class EvidenceSerializer(serializers.Serializer[EvidenceFile]):
    """A file beside an answer; its content is under `content/`."""

    id = serializers.UUIDField()
    assessment = serializers.UUIDField(source="assessment_id")
    question = serializers.SlugField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    uploaded_by = person("uploaded_by")
    uploaded_at = serializers.DateTimeField()
    carried_from = serializers.UUIDField(source="carried_from_id", allow_null=True)


class NewEvidenceSerializer(Strict, serializers.Serializer[Any]):
    """What is uploaded: the kind of file is told by its content."""

    question = serializers.SlugField(max_length=60)
    file = serializers.FileField(max_length=400)
