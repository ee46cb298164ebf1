"""Outcomes as JSON."""

from typing import Any

from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from failures.models import Postmortem
from projects.choices import PROJECT_STAGES
from projects.models import Outcome
from projects.selectors.followups import linkable_postmortems
from riskbase.shared.api.money import MoneyField
from riskbase.shared.api.serializers import Strict


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Failed",
            request_only=True,
            value={
                "kind": "failed",
                "happened_on": "2026-05-20",
                "stage": "deployment",
                "statement": "Alarms in the shops were staff returns.",
                "cost": {"amount": "94500.00", "currency": "EUR"},
            },
        )
    ]
)
class OutcomeSerializer(Strict, serializers.ModelSerializer[Outcome]):
    """How a project ended or stands; the newest record is current."""

    stage = serializers.ChoiceField(choices=PROJECT_STAGES)
    cost = MoneyField(minor="cost_minor")
    statement = serializers.CharField(
        required=False, allow_blank=True, max_length=20_000
    )
    recorded_by: Any = serializers.CharField(
        source="recorded_by.username", read_only=True, default=None, allow_null=True
    )

    class Meta:
        model = Outcome
        fields = [
            "id",
            "project",
            "kind",
            "happened_on",
            "stage",
            "cost",
            "statement",
            "postmortem",
            "is_current",
            "recorded_at",
            "recorded_by",
        ]
        read_only_fields = ["project", "postmortem", "is_current", "recorded_at"]


@extend_schema_field({"type": "string", "format": "uuid"})
class RecordField(serializers.PrimaryKeyRelatedField[Postmortem]):
    """A record of the project's unit that explains no outcome yet."""

    def get_queryset(self) -> Any:
        outcome = self.context["outcome"]
        return linkable_postmortems(outcome.project, self.context["request"].user)


class PostmortemLinkSerializer(Strict, serializers.Serializer[Any]):
    """Without `postmortem` a draft is begun."""

    postmortem = RecordField(required=False, allow_null=True)
