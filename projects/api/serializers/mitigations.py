"""Mitigations as JSON."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from failures.models import Practice
from projects.api.serializers.projects import PersonField
from projects.models import Mitigation
from projects.selectors.followups import practices_offered
from riskbase.shared.api.serializers import Strict


class PracticeField(serializers.SlugRelatedField[Practice]):
    """A practice of the catalogue by its slug."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="slug", **options)

    def get_queryset(self) -> QuerySet[Practice]:
        return practices_offered()


class MitigationSerializer(Strict, serializers.ModelSerializer[Mitigation]):
    """A practice at work in a project; only a verified one lowers current risk."""

    practice = PracticeField()
    owner = PersonField(required=False, allow_null=True)
    effect = serializers.DecimalField(
        source="practice.effect",
        max_digits=3,
        decimal_places=2,
        coerce_to_string=False,
        read_only=True,
    )
    causes = serializers.ListField(
        source="practice.cause_slugs", child=serializers.SlugField(), read_only=True
    )
    verified_by: Any = serializers.CharField(
        source="verified_by.username", read_only=True, default=None, allow_null=True
    )

    class Meta:
        model = Mitigation
        fields = [
            "id",
            "project",
            "practice",
            "effect",
            "causes",
            "state",
            "owner",
            "due_on",
            "note",
            "verified_at",
            "verified_by",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["project", "state", "verified_at"]


class MitigationChangeSerializer(MitigationSerializer):
    """The practice stays; the state goes a step further or back."""

    class Meta(MitigationSerializer.Meta):
        read_only_fields = ["project", "practice", "verified_at"]
        extra_kwargs: dict[str, Any] = {"state": {"required": False}}

    practice = PracticeField(read_only=True)
