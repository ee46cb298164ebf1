"""The API of questionnaires: read only, versions are published by a command."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from projects.api.serializers.questionnaires import (
    QuestionnaireDetailSerializer,
    QuestionnaireSerializer,
)
from projects.models import QuestionnaireVersion
from projects.models.questionnaire import VersionQuerySet
from projects.selectors.questionnaires import versions
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.keyset import Ordering
from riskbase.shared.requests import ApiRequest

LANGUAGE = OpenApiParameter(
    "language", str, enum=["all"], description="Texts in every language."
)


class QuestionnaireViewSet(ApiViewSet):
    """All versions of all questionnaires."""

    serializer_class = QuestionnaireSerializer
    queryset = QuestionnaireVersion.objects.none()
    orderings = [Ordering("-created", "pk", descending=True), Ordering("created", "pk")]
    filterset_fields = {
        "state": ["exact"],
        "questionnaire__code": ["exact"],
    }

    def get_queryset(self) -> VersionQuerySet:
        return versions()

    def get_serializer_class(self) -> Any:
        if self.action == "retrieve":
            return QuestionnaireDetailSerializer
        return QuestionnaireSerializer

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    @extend_schema(parameters=[LANGUAGE])
    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        """Return a version with its whole document."""
        return self.shown(self.get_object())
