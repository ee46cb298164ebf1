"""The API of exceptions from gates."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from projects.api.serializers.reviews import (
    OverrideChangeSerializer,
    OverrideSerializer,
)
from projects.api.views.projects import READ, WRITE
from projects.api.views.reviews import visible_assessment
from projects.choices import OverrideState
from projects.models import GateOverride
from projects.permissions import (
    can_decide_override,
    can_request_override,
    can_withdraw_override,
)
from projects.selectors.gates import overrides_for
from projects.services import overrides
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


class OverrideViewSet(ApiViewSet):
    """The exceptions from gates in one assessment."""

    serializer_class = OverrideSerializer
    read_scopes = READ
    write_scopes = WRITE
    queryset = GateOverride.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[GateOverride]:
        assessment = visible_assessment(self.request, self.kwargs["assessment"])
        return overrides_for(self.request.user).filter(assessment=assessment)

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def create(self, request: ApiRequest, assessment: uuid.UUID) -> Response:
        """Ask for an exception from a gate that holds, for at most a year."""
        row = visible_assessment(request, assessment)
        if not can_request_override(request.user, row):
            raise PermissionDenied
        override = overrides.request(
            assessment=row,
            by=request.user,
            today=timezone.localdate(),
            **self.valid(),
        )
        address = reverse("api-assessment-override-detail", args=[row.pk, override.pk])
        return self.created(override, address)

    @extend_schema(request=OverrideChangeSerializer, responses=OverrideSerializer)
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Approve, refuse or withdraw it."""
        row = self.get_object()
        wanted = OverrideChangeSerializer(data=request.data)
        is_valid = wanted.is_valid()
        state = wanted.validated_data["state"] if is_valid else ""
        is_withdrawal = state == OverrideState.WITHDRAWN
        right = can_withdraw_override if is_withdrawal else can_decide_override
        if not right(request.user, row):
            raise PermissionDenied
        etags.require_match(request, row)
        wanted.is_valid(raise_exception=True)
        moved = overrides.ACTS[state](
            override=row,
            by=request.user,
            at=timezone.now(),
            note=wanted.validated_data["decision_note"],
            expected_version=row.version,
        )
        return self.shown(moved)
