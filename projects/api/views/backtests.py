"""The API of backtests."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from projects.api.filters import BacktestLineFilter
from projects.api.serializers.backtests import (
    BacktestLineSerializer,
    BacktestSerializer,
    NewBacktestSerializer,
)
from projects.api.views.questionnaires import SCOPES
from projects.models import Backtest, BacktestLine
from projects.permissions import can_author
from projects.selectors.backtests import (
    OLDEST_FIRST,
    backtests_for,
    lines_seen_by,
)
from projects.selectors.questionnaires import versions_for
from projects.services import backtests
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


class BacktestViewSet(ApiViewSet):
    """The backtests of one version, or one backtest."""

    serializer_class = BacktestSerializer
    queryset = Backtest.objects.none()
    read_scopes = SCOPES
    write_scopes = SCOPES
    request: ApiRequest

    def get_queryset(self) -> QuerySet[Backtest]:
        rows = backtests_for(self.request.user)
        if "version" not in self.kwargs:
            return rows
        version = get_object_or_404(
            versions_for(self.request.user), pk=self.kwargs["version"]
        )
        return rows.filter(questionnaire_version=version)

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        """Return how far it is, and what it found once it is done."""
        return self.shown(self.get_object())

    @extend_schema(request=NewBacktestSerializer, responses={202: BacktestSerializer})
    def create(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Ask for a backtest of the saved document; the one under way is returned."""
        version = get_object_or_404(
            versions_for(request.user), pk=self.kwargs["version"]
        )
        if not can_author(request.user):
            raise PermissionDenied
        wanted = NewBacktestSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        scope = wanted.validated_data["scope"]
        asked = backtests.request(version=version, by=request.user, scope=scope)
        response = self.shown(asked, 202)
        address = reverse("api-backtest-detail", args=[asked.pk])
        response["Location"] = request.build_absolute_uri(address)
        return response


class BacktestLineViewSet(ApiViewSet):
    """How each past assessment would have come out."""

    serializer_class = BacktestLineSerializer
    queryset = BacktestLine.objects.none()
    filterset_class = BacktestLineFilter
    orderings = [OLDEST_FIRST]
    read_scopes = SCOPES
    request: ApiRequest

    def get_queryset(self) -> QuerySet[BacktestLine]:
        found = get_object_or_404(
            backtests_for(self.request.user), pk=self.kwargs["backtest"]
        )
        return lines_seen_by(self.request.user, found)

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()
