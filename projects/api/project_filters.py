"""Filters of projects."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from accounts.models import Unit
from accounts.selectors import visible_units
from failures.choices import Sector
from projects.choices import PROJECT_STAGES, OutcomeKind, ProjectState, Tier
from projects.models import Project
from projects.selectors.projects import matching
from riskbase.shared.api.filters import MomentFilter


def units_in_sight(request: Any) -> QuerySet[Unit]:
    """Return the units the caller may ask for."""
    return visible_units(request.user)


class Kept(django_filters.MultipleChoiceFilter):  # type: ignore[misc]
    """A choice that the selector applies, not the filter itself."""

    def filter(self, rows: QuerySet[Project], _value: Any) -> QuerySet[Project]:
        return rows


class ProjectFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Sets by repeating a name, ranges by from and to."""

    search = django_filters.CharFilter(
        method="kept", help_text="Reference or words of the name; slips are forgiven."
    )
    state = Kept(choices=ProjectState.choices)
    stage = Kept(choices=PROJECT_STAGES)
    sector = Kept(choices=Sector.choices)
    tier = Kept(
        choices=[*Tier.choices, ("none", "none")], help_text="none: not assessed."
    )
    outcome = Kept(
        choices=[*OutcomeKind.choices, ("none", "none")],
        help_text="none: nothing recorded.",
    )
    unit = django_filters.ModelChoiceFilter(
        queryset=units_in_sight, method="kept", help_text="The unit and those below."
    )
    owner = django_filters.CharFilter("owner__username", help_text="User name.")
    risk_from = django_filters.NumberFilter("current_point", "gte")
    risk_to = django_filters.NumberFilter("current_point", "lte")
    due_from = django_filters.DateFilter("due_on", "gte")
    due_to = django_filters.DateFilter("due_on", "lte")
    reassess_from = django_filters.DateFilter("reassess_on", "gte")
    reassess_to = django_filters.DateFilter("reassess_on", "lte")
    changed_since = MomentFilter("updated_at", "gte")

    class Meta:
        model = Project
        fields: list[str] = []

    def kept(
        self, rows: QuerySet[Project], _name: str, _value: Any
    ) -> QuerySet[Project]:
        """Leave it to the selector."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Project]) -> QuerySet[Project]:
        """Apply the ranges here and the rest as the pages do."""
        rows = super().filter_queryset(queryset)
        return matching(rows, {**self.form.cleaned_data, "owner": None})
