"""The API's JSON Schema of questionnaires, for editors and programs that write them."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from projects.api.views.questionnaires import SCOPES
from projects.scoring.schema import document_schema
from riskbase.shared.api.views import ApiView
from riskbase.shared.requests import ApiRequest


class QuestionnaireSchemaView(ApiView):
    """What a questionnaire document looks like."""

    read_scopes = SCOPES

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, _request: ApiRequest) -> Response:
        """Return the JSON Schema (2020-12) of questionnaire documents."""
        return Response(document_schema())
