"""Coding a record apart, over the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from failures import permissions
from failures.api.serializers.second_coding import (
    AdjudicationSerializer,
    BlindCodingSerializer,
    SecondCoderSerializer,
    SecondCodingSerializer,
)
from failures.models import Postmortem
from failures.selectors.records import readable
from failures.selectors.second_coding import double_coding
from failures.services import second_coding
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import ApiRequest


class SecondCodingViewSet(ApiViewSet):
    """Two codings of one record, each hidden from the other until both are in."""

    serializer_class = SecondCodingSerializer
    write_scopes = ("postmortems:write",)

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Postmortem]:
        return readable(self.request.user)

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self._shown(self._postmortem())

    @extend_schema(request=BlindCodingSerializer, responses=SecondCodingSerializer)
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Replace what the second coder says; nobody else may."""
        row = self._postmortem()
        _require(permissions.can_code_second(request.user, row))
        double = double_coding(row, request.user)
        etags.require_match(request, double)
        values = self._valid(BlindCodingSerializer, row)
        with _placed("judgements"):
            second_coding.judge(
                postmortem=row,
                judgements=values["judgements"],
                by=request.user,
                expected_version=double.second.version if double.second else None,
            )
        return self._shown(row)

    @extend_schema(request=SecondCoderSerializer, responses=SecondCodingSerializer)
    def invite(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Ask somebody who had no part in the coding."""
        row = self._postmortem()
        _require(permissions.can_invite_second(request.user, row))
        values = self._valid(SecondCoderSerializer, row)
        second_coding.invite(postmortem=row, coder=values["coder"], by=request.user)
        return self._shown(row)

    @extend_schema(request=None, responses=SecondCodingSerializer)
    def submit(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Submit one's own side: the second coder's, or else the record's coding."""
        row = self._postmortem()
        user = request.user
        _require(
            permissions.can_code_second(user, row) or permissions.can_code(user, row)
        )
        second_coding.submit(postmortem=row, by=user)
        return self._shown(row)

    @extend_schema(request=AdjudicationSerializer, responses=SecondCodingSerializer)
    def decide(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Settle on the causes; they replace the record's coding."""
        row = self._postmortem()
        _require(permissions.can_adjudicate(request.user, row))
        values = self._valid(AdjudicationSerializer, row)
        with _placed("kept"):
            second_coding.decide(
                postmortem=row,
                kept=values["kept"],
                note=values["note"],
                by=request.user,
            )
        return self._shown(row)

    def _postmortem(self) -> Postmortem:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["postmortem"])

    def _shown(self, row: Postmortem) -> Response:
        row.refresh_from_db(fields=["causes_sealed"])
        return self.shown(double_coding(row, self.request.user))

    def _valid(
        self, serializer_class: type[BaseSerializer[Any]], row: Postmortem
    ) -> dict[str, Any]:
        context = {**self.get_serializer_context(), "postmortem": row}
        serializer = serializer_class(data=self.request.data, context=context)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


@contextmanager
def _placed(name: str) -> Iterator[None]:
    """Let a refusal of one item point at it in the list called `name`."""
    try:
        yield
    except DomainError as refusal:
        if refusal.item is not None:
            refusal.field = f"{name}/{refusal.item}/{refusal.field}"
        raise


def _require(allowed: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not allowed:
        raise PermissionDenied
