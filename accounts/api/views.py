"""The API about oneself, units, members, tokens and the audit trail."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.filters import AuditEventFilter
from accounts.api.serializers import (
    AuditEventSerializer,
    CreatedTokenSerializer,
    MemberSerializer,
    MeSerializer,
    NewTokenSerializer,
    TokenListSerializer,
    TokenSerializer,
    UnitSerializer,
)
from accounts.models import ApiToken, Membership, Unit
from accounts.permissions import is_administrator, may
from accounts.roles import Permission, Role
from accounts.selectors import members_of, person_named, tokens_of, visible_units
from accounts.services.memberships import grant_role, revoke_role
from accounts.services.tokens import create_token, revoke_token
from accounts.services.units import create_unit, move_unit, rename_unit
from accounts.services.users import change_profile
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiView, ApiViewSet, IdempotentPost, ready
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.audit.selectors import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    events_visible_to,
)
from riskbase.shared.keyset import Ordering
from riskbase.shared.requests import ApiRequest

GONE = {204: OpenApiResponse(description="Done.")}


class MeView(ApiView):
    """The caller."""

    @extend_schema(responses=MeSerializer, operation_id="me_retrieve")
    def get(self, request: ApiRequest) -> Response:
        return self._shown(request, request.user)

    @extend_schema(request=MeSerializer, responses=MeSerializer)
    def patch(self, request: ApiRequest) -> Response:
        serializer = MeSerializer(request.user, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        user = change_profile(
            user=request.user, by=request.user, **serializer.validated_data
        )
        return self._shown(request, user)

    def _shown(self, request: ApiRequest, user: Any) -> Response:
        response = ready(self, Response(MeSerializer(user).data))
        return etags.attach(response, request)


class UnitViewSet(ApiViewSet):
    """The units the caller sees; administrators change them."""

    serializer_class = UnitSerializer
    orderings = [Ordering("name", "name"), Ordering("-created", "pk", descending=True)]
    queryset = Unit.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Unit]:
        units = visible_units(self.request.user)
        above = units.filter(pk=OuterRef("parent_id"))
        return units.annotate(parent_is_visible=Q(Exists(above)))

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def create(self, request: ApiRequest) -> Response:
        _administrators_only(request)
        values = self.valid()
        unit = create_unit(
            name=values["name"], parent=values.get("parent"), by=request.user
        )
        return self.created(unit, reverse("api-unit-detail", args=[unit.pk]))

    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Rename or move the unit."""
        unit = self.get_object()
        _administrators_only(request)
        etags.require_match(request, unit)
        values = self.valid(partial=True)
        with transaction.atomic():
            for name, change in (("name", rename_unit), ("parent", move_unit)):
                if name in values:
                    unit = change(
                        unit=unit,
                        by=request.user,
                        expected_version=unit.version,
                        **{name: values[name]},
                    )
        return self.shown(unit)


class MemberViewSet(ApiViewSet):
    """The roles held in a unit."""

    serializer_class = MemberSerializer
    queryset = Membership.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Membership]:
        return members_of(self._unit())

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def create(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Give somebody who has an account a role."""
        row = self._managed()
        values = self.valid()
        person = person_named(values["person"])
        if person is None:
            raise ValidationError({"person": _("No active account has this name.")})
        membership = grant_role(
            user=person, unit=row, role=Role(values["role"]), by=request.user
        )
        return self.created(membership)

    @extend_schema(responses=GONE)
    def destroy(self, request: ApiRequest, pk: uuid.UUID, **_kwargs: Any) -> Response:
        """Take a role away."""
        row = self._managed()
        membership = get_object_or_404(members_of(row), pk=pk)
        revoke_role(membership=membership, by=request.user)
        return Response(status=204)

    def _unit(self) -> Unit:
        units = visible_units(self.request.user)
        return get_object_or_404(units, pk=self.kwargs["unit"])

    def _managed(self) -> Unit:
        unit = self._unit()
        if not may(self.request.user, Permission.MANAGE_MEMBERS, unit):
            raise PermissionDenied
        return unit


class TokenViewSet(ApiViewSet):
    """The caller's own tokens."""

    serializer_class = TokenSerializer
    queryset = ApiToken.objects.none()
    pagination_class = None  # type: ignore[assignment]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ignore Idempotency-Key: the kept answer would be the secret in clear."""
        super(IdempotentPost, self).initial(request, *args, **kwargs)

    request: ApiRequest

    def get_queryset(self) -> QuerySet[ApiToken]:
        return tokens_of(self.request.user)

    @extend_schema(responses=TokenListSerializer)
    def list(self, _request: ApiRequest) -> Response:
        data = TokenSerializer(self.get_queryset(), many=True).data
        return Response({"results": data, "next": None, "previous": None})

    @extend_schema(request=NewTokenSerializer, responses={201: CreatedTokenSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Make a token; the answer holds the secret, this once."""
        serializer = NewTokenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        token, secret = create_token(by=request.user, **serializer.validated_data)
        token.token = secret
        response = Response(CreatedTokenSerializer(token).data, status=201)
        response["Cache-Control"] = "no-store"
        return response

    @extend_schema(responses=GONE)
    def destroy(self, request: ApiRequest, token_id: uuid.UUID) -> Response:
        """Revoke a token."""
        token = get_object_or_404(self.get_queryset(), id=token_id)
        revoke_token(token=token, by=request.user)
        return Response(status=204)


class AuditEventViewSet(ApiViewSet):
    """The audit trail, for administrators."""

    serializer_class = AuditEventSerializer
    filterset_class = AuditEventFilter
    orderings = [NEWEST_FIRST, OLDEST_FIRST]
    queryset = AuditEvent.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[AuditEvent]:
        return events_visible_to(self.request.user)

    def list(self, request: ApiRequest) -> Response:
        _administrators_only(request)
        return self.listed()

    def retrieve(self, request: ApiRequest, **_kwargs: Any) -> Response:
        _administrators_only(request)
        return self.shown(self.get_object())


def _administrators_only(request: ApiRequest) -> None:
    if not is_administrator(request.user):
        raise PermissionDenied
