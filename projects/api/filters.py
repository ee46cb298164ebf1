"""Filters of lists in the API."""

import django_filters as filters

from projects.choices import AssessmentState, Tier
from projects.models import Assessment


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
