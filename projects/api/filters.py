"""Filters of lists in the API."""

import django_filters as filters
from django.db.models import F, QuerySet

from projects.choices import AssessmentState, Tier
from projects.models import Assessment, BacktestLine


class AssessmentFilter(filters.FilterSet):  # type: ignore[misc]
    """By project, unit (with those below), questionnaire, state and tier."""

    project = filters.UUIDFilter(field_name="project_id")
    unit = filters.UUIDFilter(field_name="project__unit__ancestry__ancestor_id")
    questionnaire = filters.CharFilter(
        field_name="questionnaire_version__questionnaire__code"
    )
    state = filters.MultipleChoiceFilter(choices=AssessmentState.choices)
    tier = filters.MultipleChoiceFilter(choices=Tier.choices)

    class Meta:
        model = Assessment
        fields: list[str] = []


class BacktestLineFilter(filters.FilterSet):  # type: ignore[misc]
    """By tier before and after, and whether it changes."""

    before_tier = filters.MultipleChoiceFilter(choices=Tier.choices)
    after_tier = filters.MultipleChoiceFilter(choices=Tier.choices)
    moved = filters.BooleanFilter(method="by_move", label="Whether the tier changes.")

    class Meta:
        model = BacktestLine
        fields: list[str] = []

    def by_move(
        self, rows: QuerySet[BacktestLine], _name: str, value: object
    ) -> QuerySet[BacktestLine]:
        """Keep the lines whose tier changes, or those where it stays."""
        stays = {"before_tier": F("after_tier")}
        return rows.exclude(**stays) if value else rows.filter(**stays)
