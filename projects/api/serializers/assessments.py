"""Assessments, their answers and results as JSON."""

import json
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.choices import AnswerState, AssessmentState, Tier
from projects.instruments import Entry
from projects.models import Answer, Assessment, ScoringRun
from projects.scoring.reach import Reach
from projects.selectors.filling import filling_of
from riskbase.shared.api.serializers import Strict


class AssessmentSerializer(serializers.Serializer[Assessment]):
    """An assessment without its answers."""

    id = serializers.UUIDField()
    project = serializers.UUIDField(source="project_id")
    questionnaire = serializers.SlugField(
        source="questionnaire_version.questionnaire.code"
    )
    questionnaire_version = serializers.UUIDField(source="questionnaire_version_id")
    state = serializers.ChoiceField(choices=AssessmentState.choices)
    tier = serializers.ChoiceField(choices=Tier.choices, allow_blank=True)
    answered_count = serializers.IntegerField()
    reachable_count = serializers.IntegerField()
    own_estimate = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by: Any = serializers.CharField(
        source="decided_by.username", default=None, allow_null=True
    )
    decision_note = serializers.CharField(allow_blank=True)


class AnswerSerializer(serializers.Serializer[Answer]):
    """A stored answer."""

    question = serializers.SlugField()
    state = serializers.ChoiceField(choices=AnswerState.choices)
    value = serializers.JSONField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    comment = serializers.CharField(allow_blank=True)
    evidence_url = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()
    carried_from = serializers.UUIDField(source="carried_from_id", allow_null=True)
    changed_at = serializers.DateTimeField()


class AssessmentDetailSerializer(AssessmentSerializer):
    """An assessment with its answers, and which questions are asked."""

    answers = serializers.SerializerMethodField()
    reach = serializers.SerializerMethodField(
        help_text="Question code to asked, maybe, waiting or closed."
    )

    def to_representation(self, instance: Assessment) -> dict[str, Any]:
        self._filling = filling_of(instance)
        return super().to_representation(instance)

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, _assessment: Assessment) -> list[dict[str, Any]]:
        rows = self._filling.answers.values()
        return [dict(AnswerSerializer(row).data) for row in rows]

    @extend_schema_field(
        {
            "type": "object",
            "additionalProperties": {"type": "string", "enum": list(Reach)},
        }
    )
    def get_reach(self, _assessment: Assessment) -> dict[str, str]:
        return {code: reach.value for code, reach in self._filling.reach.items()}


class NewAssessmentSerializer(Strict, serializers.Serializer[Any]):
    """What starts an assessment: the published version of the questionnaire is taken."""

    project = serializers.UUIDField()
    questionnaire = serializers.SlugField(max_length=60)


class EstimateSerializer(Strict, serializers.Serializer[Any]):
    """The assessor's own probability of failure, in percent."""

    own_estimate = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)


class AnswerEntrySerializer(Strict, serializers.Serializer[Any]):
    """What is said to one question; state blank takes an answer back."""

    state = serializers.ChoiceField(choices=AnswerState.choices)
    value = serializers.JSONField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(required=False, allow_blank=True, default="")
    comment = serializers.CharField(required=False, allow_blank=True, default="")
    evidence_url = serializers.CharField(required=False, allow_blank=True, default="")

    @property
    def entry(self) -> Entry:
        """The validated entry."""
        return Entry(**self.validated_data)


class BulkAnswersSerializer(Strict, serializers.Serializer[Any]):
    """Entries by question code; all are kept, or none."""

    answers = serializers.DictField(child=AnswerEntrySerializer(), allow_empty=False)

    @property
    def entries(self) -> dict[str, Entry]:
        """The validated entries."""
        given = self.validated_data["answers"]
        return {code: Entry(**entry) for code, entry in given.items()}


class ResultSerializer(serializers.Serializer[ScoringRun]):
    """A frozen run; scores are from 0 to 100."""

    id = serializers.UUIDField()
    assessment = serializers.UUIDField(source="assessment_id")
    created_at = serializers.DateTimeField()
    tier = serializers.ChoiceField(choices=Tier.choices, allow_blank=True)
    provisional = serializers.BooleanField()
    low = serializers.DecimalField(max_digits=4, decimal_places=1, allow_null=True)
    point = serializers.DecimalField(max_digits=4, decimal_places=1, allow_null=True)
    high = serializers.DecimalField(max_digits=4, decimal_places=1, allow_null=True)
    impact = serializers.DecimalField(max_digits=4, decimal_places=1, allow_null=True)
    completeness = serializers.DecimalField(max_digits=5, decimal_places=4)
    binding_cause = serializers.CharField(allow_blank=True)
    own_estimate = serializers.IntegerField(allow_null=True)
    predicted_failure = serializers.DecimalField(
        max_digits=5, decimal_places=4, allow_null=True
    )
    engine_version = serializers.CharField()
    instrument_digest = serializers.CharField()
    result_digest = serializers.CharField()
    result = serializers.SerializerMethodField(
        help_text="Intervals and exact contributions by cause, floors and gates."
    )

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_result(self, run: ScoringRun) -> dict[str, Any]:
        stored: dict[str, Any] = json.loads(run.record.result)["result"]
        return stored
