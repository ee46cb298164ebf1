"""Imports of surveys as JSON."""

from typing import Any

from rest_framework import serializers

from projects.api.serializers.questionnaires import (
    FindingSerializer,
    QuestionnaireDetailSerializer,
)
from projects.scoring.surveyjs import Convention
from riskbase.shared.api.serializers import Strict

MOST_MINUTES = 600


class SurveySerializer(Strict, serializers.Serializer[Any]):
    """A survey in the format of SurveyJS, with what it does not say of itself."""

    survey = serializers.DictField(
        help_text="The JSON of the survey, as it stands in its file."
    )
    code = serializers.CharField(
        max_length=60,
        help_text="A known code makes it that questionnaire's next version.",
    )
    convention = serializers.ChoiceField(
        choices=[(each.value, each.value) for each in Convention],
        default=Convention.NONE.value,
        help_text="Where the points stand.",
    )
    title = serializers.CharField(max_length=200, required=False)
    minutes = serializers.IntegerField(
        min_value=1, max_value=MOST_MINUTES, required=False
    )


class SurveyReportSerializer(serializers.Serializer[Any]):
    """What became of the survey; nothing that was dropped is missing here."""

    counts = serializers.DictField(child=serializers.IntegerField())
    languages = serializers.ListField(child=serializers.CharField())
    scales = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()),
        help_text="Scale to its `questions` and the `most` points they give.",
    )
    names = serializers.DictField(
        child=serializers.CharField(),
        help_text="Name in the survey to the code of the question.",
    )
    entries = FindingSerializer(many=True)


class SurveyImportSerializer(serializers.Serializer[Any]):
    """The draft, and the report on the survey it was made of."""

    draft = QuestionnaireDetailSerializer()
    report = SurveyReportSerializer()
