"""The published knowledge: causes, practices, base rates; read only."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.response import Response

from failures.api.filters import CauseFilter, PracticeFilter, RateFilter
from failures.api.serializers.knowledge import (
    CauseSerializer,
    PracticeSerializer,
    RateSerializer,
)
from failures.models import FailureCause, Practice, PublishedRate
from failures.selectors import causes
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.keyset import Ordering
from riskbase.shared.requests import ApiRequest


class KnowledgeViewSet(ApiViewSet):
    """A read-only collection looked up by slug."""

    lookup_field = "slug"
    lookup_value_converter = "slug"

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())


class CauseViewSet(KnowledgeViewSet):
    """Causes of the taxonomy release in force."""

    serializer_class = CauseSerializer
    filterset_class = CauseFilter
    orderings = [Ordering("position", "position"), Ordering("slug", "slug")]

    def get_queryset(self) -> QuerySet[FailureCause]:
        return causes.current_rows()


class PracticeViewSet(KnowledgeViewSet):
    """Mitigations known to work."""

    serializer_class = PracticeSerializer
    filterset_class = PracticeFilter
    orderings = [
        Ordering("slug", "slug"),
        Ordering("-effect", "effect", descending=True),
    ]

    def get_queryset(self) -> QuerySet[Practice]:
        return causes.every_practice()


class RateViewSet(KnowledgeViewSet):
    """Published base rates; never averaged, never ours."""

    serializer_class = RateSerializer
    filterset_class = RateFilter
    orderings = [Ordering("position", "position"), Ordering("slug", "slug")]

    def get_queryset(self) -> QuerySet[PublishedRate]:
        return causes.rates()
