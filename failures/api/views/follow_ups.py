"""Follow-ups of all records over the API."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework.response import Response

from failures.api.serializers.parts import FollowUpSerializer
from failures.choices import ActionState, Priority
from failures.models import ActionItem
from failures.selectors.follow_ups import BY_DUE, NEWEST, follow_ups, overdue
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


class FollowUpFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By state, priority, owner and whether it is overdue."""

    state = django_filters.MultipleChoiceFilter(choices=ActionState.choices)
    priority = django_filters.MultipleChoiceFilter(choices=Priority.choices)
    owner = django_filters.UUIDFilter(field_name="owner_id")
    overdue = django_filters.BooleanFilter(method="by_date")

    class Meta:
        model = ActionItem
        fields: list[str] = []

    def by_date(
        self, rows: QuerySet[ActionItem], _name: str, value: object
    ) -> QuerySet[ActionItem]:
        late = overdue(rows, timezone.localdate())
        return late if value else rows.exclude(pk__in=late.values("pk"))


class FollowUpViewSet(ApiViewSet):
    """What is to be done about the failures that the caller may read."""

    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilter
    orderings = [BY_DUE, NEWEST]
    queryset = ActionItem.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[ActionItem]:
        return follow_ups(self.request.user)

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()
