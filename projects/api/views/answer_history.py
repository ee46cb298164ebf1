"""The API of the history of answers."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from projects.api.serializers.moves import AnswerEventSerializer
from projects.api.views.projects import READ
from projects.api.views.reviews import visible_assessment
from projects.selectors.answer_history import answer_events
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.audit.selectors import NEWEST_FIRST, OLDEST_FIRST
from riskbase.shared.requests import ApiRequest

QUESTION = OpenApiParameter("question", str, description="Code of one question.")


class AnswerHistoryViewSet(ApiViewSet):
    """Who answered what when in one assessment."""

    serializer_class = AnswerEventSerializer
    queryset = AuditEvent.objects.none()
    orderings = [NEWEST_FIRST, OLDEST_FIRST]
    read_scopes = READ
    request: ApiRequest

    def get_queryset(self) -> QuerySet[AuditEvent]:
        assessment = visible_assessment(self.request, self.kwargs["assessment"])
        return answer_events(assessment, self.request.query_params.get("question", ""))

    @extend_schema(parameters=[QUESTION])
    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()
