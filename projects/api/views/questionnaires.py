"""The API of questionnaires: read only, versions are published by a command."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from projects.api.serializers.questionnaires import (
    QuestionnaireDetailSerializer,
    QuestionnaireSerializer,
)
from projects.exports.files import FORMATS, file_of
from projects.models import QuestionnaireVersion
from projects.models.questionnaire import VersionQuerySet
from projects.selectors.questionnaires import versions
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.files import download
from riskbase.shared.keyset import Ordering
from riskbase.shared.requests import ApiRequest

KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(FORMATS))
FILE = OpenApiResponse(OpenApiTypes.BINARY, "The file.")
WHOLE = OpenApiResponse(OpenApiTypes.OBJECT, "The document.")
FILES = {
    (200, content_type): WHOLE if kind in {"json", "yaml"} else FILE
    for kind, (content_type, _) in FORMATS.items()
}
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

    @extend_schema(parameters=[KIND], responses=FILES)
    def file(self, _request: ApiRequest, kind: str, **_kwargs: Any) -> HttpResponse:
        """Return a version as a file: our own format, a spreadsheet, a paper form."""
        version = self.get_object()
        if kind not in FORMATS:
            raise NotFound
        return download(file_of(version, kind))
