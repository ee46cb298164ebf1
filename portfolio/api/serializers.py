"""Shapes of reports, register lines and jobs."""

from typing import Any

from rest_framework import serializers

from portfolio.models import Population
from projects.models import Project
from riskbase.shared.jobs.models import Job, JobState


class ReportSerializer(serializers.Serializer[Any]):
    """A report with its provenance; `result` holds the parts named by the report.

    Withheld numbers are null with the reason beside them.
    """

    report = serializers.CharField()
    snapshot = serializers.UUIDField()
    population = serializers.ChoiceField(Population.choices)
    unit = serializers.UUIDField(allow_null=True)
    as_of = serializers.DateField()
    computed_at = serializers.DateTimeField()
    method_version = serializers.CharField()
    watermark = serializers.CharField()
    filter = serializers.DictField()
    n = serializers.IntegerField(allow_null=True)
    small_cell_threshold = serializers.IntegerField()
    contains_demo = serializers.BooleanField()
    result = serializers.DictField()


class RegisterSerializer(serializers.ModelSerializer[Project]):
    """A running project with its risk and what is done about it."""

    unit_name = serializers.CharField(source="unit.name", read_only=True)
    owner = serializers.CharField(source="owner.username", read_only=True)
    tier = serializers.CharField(source="current_tier", read_only=True)
    provisional = serializers.BooleanField(source="current_provisional", read_only=True)
    low = serializers.DecimalField(4, 1, source="current_low", allow_null=True)
    point = serializers.DecimalField(4, 1, source="current_point", allow_null=True)
    high = serializers.DecimalField(4, 1, source="current_high", allow_null=True)
    impact = serializers.DecimalField(4, 1, source="current_impact", allow_null=True)
    binding_cause = serializers.CharField(source="current_cause", read_only=True)
    scored_at = serializers.DateTimeField(source="current_scored_at", read_only=True)
    open_actions = serializers.SerializerMethodField()
    next_due_on = serializers.SerializerMethodField()

    class Meta:
        model = Project
        fields = [
            "id",
            "reference",
            "name",
            "unit",
            "unit_name",
            "owner",
            "stage",
            "sector",
            "tier",
            "provisional",
            "low",
            "point",
            "high",
            "impact",
            "binding_cause",
            "scored_at",
            "due_on",
            "open_actions",
            "next_due_on",
            "is_demo",
        ]
        read_only_fields = fields

    def get_open_actions(self, project: Project) -> int:
        return len(getattr(project, "open_actions", ()))

    def get_next_due_on(self, project: Project) -> str | None:
        dates = [each.due_on for each in getattr(project, "open_actions", ())]
        known = [day for day in dates if day is not None]
        return min(known).isoformat() if known else None


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job and how far it is."""

    state = serializers.ChoiceField(JobState.choices, read_only=True)
    percent = serializers.IntegerField(read_only=True)

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "key",
            "state",
            "percent",
            "done_steps",
            "total_steps",
            "message",
            "attempts",
            "created_at",
            "started_at",
            "finished_at",
            "result",
        ]
        read_only_fields = fields
