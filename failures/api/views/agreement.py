"""Agreement of coders over the API."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from failures.api.serializers.agreement import AgreementSerializer
from failures.selectors.agreement import agreement
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiView, ready
from riskbase.shared.requests import ApiRequest


class AgreementView(ApiView):
    """Kappa and alpha over the records that were coded twice."""

    @extend_schema(
        operation_id="postmortem_agreement_retrieve", responses=AgreementSerializer
    )
    def get(self, request: ApiRequest) -> Response:
        body = AgreementSerializer(agreement(request.user)).data
        return etags.attach(ready(self, Response(body)), request)
