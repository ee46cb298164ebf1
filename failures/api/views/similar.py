"""Similar post-mortems over the API."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from failures.api.serializers.similar import SimilarSerializer
from failures.selectors.records import readable
from failures.selectors.similar import similar_to
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiView, ready
from riskbase.shared.requests import ApiRequest

MOST = 10


class SimilarView(ApiView):
    """The published records that are most like one, at most ten, with the reasons."""

    @extend_schema(
        operation_id="postmortem_similar_list",
        responses=SimilarSerializer(many=True),
    )
    def get(self, request: ApiRequest, pk: uuid.UUID) -> Response:
        row = get_object_or_404(readable(request.user), pk=pk)
        found = similar_to(user=request.user, postmortem=row, limit=MOST)
        body = SimilarSerializer(found, many=True).data  # type: ignore[arg-type]
        return etags.attach(ready(self, Response(body)), request)
