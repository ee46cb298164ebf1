"""Questionnaire versions as JSON."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.choices import QuestionnaireState
from projects.models import QuestionnaireVersion
from projects.selectors.questionnaires import document_in_one_language
from riskbase.shared.templatetags.riskbase import localized


class QuestionnaireSerializer(serializers.Serializer[QuestionnaireVersion]):
    """A version without its questions; titles in the caller's language."""

    id = serializers.UUIDField()
    code = serializers.SlugField(source="questionnaire.code")
    version = serializers.IntegerField(source="number")
    state = serializers.ChoiceField(choices=QuestionnaireState.choices)
    title = serializers.SerializerMethodField()
    description = serializers.SerializerMethodField()
    minutes = serializers.IntegerField(source="document.minutes")
    digest = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)

    def get_title(self, version: QuestionnaireVersion) -> str:
        return localized(version.document["title"])

    def get_description(self, version: QuestionnaireVersion) -> str:
        return localized(version.document["description"])


class QuestionnaireDetailSerializer(QuestionnaireSerializer):
    """A version with its whole document."""

    document = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_document(self, version: QuestionnaireVersion) -> dict[str, Any]:
        """Texts in the caller's language, or per language with `?language=all`."""
        request = self.context["request"]
        if request.query_params.get("language") == "all":
            document: dict[str, Any] = version.document
            return document
        return document_in_one_language(version)
