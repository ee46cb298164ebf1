"""Counts of causes, as coded or in the causes of one release."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from failures.api.serializers.knowledge import ExpressionSerializer
from failures.selectors.expressions import expressed, has_release
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiView, ready
from riskbase.shared.requests import ApiRequest


class CauseCountView(ApiView):
    """How many published records each cause counts in, of those the caller may read."""

    @extend_schema(
        operation_id="cause_count_retrieve",
        parameters=[
            OpenApiParameter(
                "release",
                int,
                description="Number of the release to re-express them in; else as coded.",
            )
        ],
        responses=ExpressionSerializer,
    )
    def get(self, request: ApiRequest) -> Response:
        release = self._release(request)
        body = ExpressionSerializer(expressed(request.user, release)).data
        return etags.attach(ready(self, Response(body)), request)

    def _release(self, request: ApiRequest) -> int | None:
        asked = request.query_params.get("release")
        if not asked:
            return None
        field = serializers.IntegerField(min_value=1, max_value=1_000_000)
        try:
            number = int(field.run_validation(asked))
        except ValidationError as error:
            raise ValidationError({"release": error.detail}) from error
        if not has_release(number):
            raise Http404
        return number
