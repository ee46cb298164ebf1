"""Query parameters of the lists."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from failures.choices import (
    FIRST_DAY,
    LAST_DAY,
    Origin,
    OutcomeClass,
    PostmortemState,
    PracticeKind,
    Reliability,
    Sector,
    Severity,
    Stage,
    Task,
    Visibility,
)
from failures.models import FailureCause, Postmortem, Practice, PublishedRate
from failures.search import matching
from failures.selectors.causes import with_descendants


def by_cause(rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    return rows.filter(cause_slugs__overlap=list(with_descendants(value)))


class CauseFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By branch and flags."""

    parent = django_filters.CharFilter(field_name="parent__slug")
    top_level = django_filters.BooleanFilter(field_name="parent", lookup_expr="isnull")
    robustness_related = django_filters.BooleanFilter()

    class Meta:
        model = FailureCause
        fields: list[str] = []


class PracticeFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By cause, with those below it, and kind."""

    cause = django_filters.CharFilter(method=by_cause)
    kind = django_filters.ChoiceFilter(choices=PracticeKind.choices)

    class Meta:
        model = Practice
        fields: list[str] = []


class RateFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By cause and reliability."""

    cause = django_filters.CharFilter(field_name="cause_slug")
    reliability = django_filters.MultipleChoiceFilter(choices=Reliability.choices)

    class Meta:
        model = PublishedRate
        fields: list[str] = []


class PostmortemFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By words, causes and facts; several values of a fact may be given."""

    q = django_filters.CharFilter(
        method="by_words",
        max_length=200,
        help_text="Words in any of the three languages; titles forgive typing errors.",
    )
    cause = django_filters.CharFilter(method=by_cause, help_text="With those below it.")
    unit = django_filters.UUIDFilter(field_name="unit_id")
    stage = django_filters.MultipleChoiceFilter(
        field_name="stage_introduced", choices=Stage.choices
    )
    sector = django_filters.MultipleChoiceFilter(choices=Sector.choices)
    task = django_filters.MultipleChoiceFilter(choices=Task.choices)
    outcome = django_filters.MultipleChoiceFilter(choices=OutcomeClass.choices)
    severity = django_filters.MultipleChoiceFilter(choices=Severity.choices)
    origin = django_filters.MultipleChoiceFilter(choices=Origin.choices)
    state = django_filters.MultipleChoiceFilter(choices=PostmortemState.choices)
    visibility = django_filters.MultipleChoiceFilter(choices=Visibility.choices)
    year = django_filters.NumberFilter(
        field_name="detected_on",
        lookup_expr="year",
        min_value=FIRST_DAY.year,
        max_value=LAST_DAY.year,
        help_text="In which it was detected.",
    )
    detected_from = django_filters.DateFilter(
        field_name="detected_on", lookup_expr="gte"
    )
    detected_until = django_filters.DateFilter(
        field_name="detected_on", lookup_expr="lte"
    )
    external_id = django_filters.CharFilter()

    class Meta:
        model = Postmortem
        fields: list[str] = []

    def by_words(
        self, rows: QuerySet[Postmortem], _name: str, value: str
    ) -> QuerySet[Postmortem]:
        return matching(rows, value)
