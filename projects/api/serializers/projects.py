"""Projects and the risk of their causes as JSON."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.models import Unit, User
from accounts.selectors import visible_units
from projects.choices import PROJECT_STAGES
from projects.models import Project, ProjectCause
from projects.selectors.projects import possible_owners
from riskbase.shared.api.money import MoneyField
from riskbase.shared.api.serializers import Strict


class UnitField(serializers.PrimaryKeyRelatedField[Unit]):
    """A unit the caller sees."""

    def get_queryset(self) -> QuerySet[Unit]:
        return visible_units(self.context["request"].user)


class PersonField(serializers.SlugRelatedField[User]):
    """A person by user name, among those the caller may name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="username", **options)

    def get_queryset(self) -> QuerySet[User]:
        return possible_owners(self.context["request"].user)


def points(source: str | None) -> serializers.DecimalField:
    """Return a read-only score, 0 to 100, as a JSON number."""
    return serializers.DecimalField(
        source=source,
        max_digits=4,
        decimal_places=1,
        coerce_to_string=False,
        read_only=True,
        allow_null=True,
    )


class RiskSerializer(serializers.Serializer[Project]):
    """The latest assessment's result; null where nothing was assessed."""

    likelihood_low = points("current_low")
    likelihood = points("current_point")
    likelihood_high = points("current_high")
    impact = points("current_impact")
    tier = serializers.CharField(source="current_tier", read_only=True)
    is_provisional = serializers.BooleanField(
        source="current_provisional", read_only=True
    )
    binding_cause = serializers.CharField(source="current_cause", read_only=True)
    scored_at = serializers.DateTimeField(
        source="current_scored_at", read_only=True, allow_null=True
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "New project",
            request_only=True,
            value={
                "name": "Churn early warning",
                "unit": "019370a2-b3c4-7d5e-8f90-a1b2c3d4e5f6",
                "sector": "retail",
                "stage": "problem_framing",
                "task": "classification",
                "due_on": "2027-06-30",
                "budget": {"amount": "180000.00", "currency": "EUR"},
                "goal": "Decide each Monday which customers we call first.",
            },
        )
    ]
)
class ProjectSerializer(Strict, serializers.ModelSerializer[Project]):
    """A project; without `owner` the caller owns it."""

    unit = UnitField()
    owner = PersonField(required=False)
    stage = serializers.ChoiceField(choices=PROJECT_STAGES, required=False)
    budget = MoneyField(minor="budget_minor")
    goal = serializers.CharField(
        source="text.goal", allow_blank=True, default="", max_length=20_000
    )
    description = serializers.CharField(
        source="text.description", allow_blank=True, default="", max_length=20_000
    )
    risk = RiskSerializer(source="*", read_only=True)
    outcome = serializers.CharField(source="current_outcome", read_only=True)
    reassess_on = serializers.DateField(
        read_only=True,
        allow_null=True,
        help_text="Follows from tier and stage; null: closed, or never assessed.",
    )
    outcome_on = serializers.DateField(
        source="current_outcome_on", read_only=True, allow_null=True
    )

    class Meta:
        model = Project
        fields = [
            "id",
            "reference",
            "name",
            "unit",
            "owner",
            "stage",
            "state",
            "sector",
            "task",
            "modality",
            "sourcing",
            "started_on",
            "due_on",
            "budget",
            "goal",
            "description",
            "risk",
            "reassess_on",
            "outcome",
            "outcome_on",
            "is_demo",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["reference", "state", "is_demo"]


class ProjectCauseSerializer(serializers.ModelSerializer[ProjectCause]):
    """Inherent interval, and what verified and planned mitigations leave of it."""

    cause = serializers.CharField(source="cause_slug", read_only=True)
    low = points(None)
    point = points(None)
    high = points(None)
    current = points(None)
    target = points(None)

    class Meta:
        model = ProjectCause
        fields = ["cause", "is_top_level", "low", "point", "high", "current", "target"]
        read_only_fields = ["is_top_level"]


class ProjectCausesSerializer(serializers.Serializer[Any]):
    """All of a project's causes, the worst first."""

    results = ProjectCauseSerializer(many=True)
