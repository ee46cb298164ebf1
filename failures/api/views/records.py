"""Post-mortems and the steps of their workflow."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from failures import permissions
from failures.api.filters import PostmortemFilter
from failures.api.serializers.parts import ReasonSerializer
from failures.api.serializers.records import (
    PostmortemCreateSerializer,
    PostmortemSerializer,
    PostmortemWriteSerializer,
)
from failures.models import Postmortem
from failures.selectors.records import readable_in_full
from failures.services import archive, postmortems
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


class PostmortemViewSet(ApiViewSet):
    """Post-mortems the caller may read."""

    serializer_class = PostmortemSerializer
    filterset_class = PostmortemFilter
    write_scopes = ("postmortems:write",)

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Postmortem]:
        return readable_in_full(self.request.user)

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    @extend_schema(
        request=PostmortemCreateSerializer, responses={201: PostmortemSerializer}
    )
    def create(self, request: ApiRequest) -> Response:
        """Start a draft in a unit."""
        values = self._valid(PostmortemCreateSerializer)
        unit, title = values.pop("unit"), values.pop("title", "")
        visibility = values.pop("visibility", None)
        _require(permissions.can_create(request.user, unit))
        with transaction.atomic():
            row = postmortems.create_draft(
                unit=unit, by=request.user, title=title, facts=values
            )
            if visibility:
                postmortems.set_visibility(
                    postmortem=row, visibility=visibility, by=request.user
                )
        location = reverse("api-postmortem-detail", args=[row.pk])
        return self.created(self._again(row.pk), location)

    @extend_schema(request=PostmortemWriteSerializer, responses=PostmortemSerializer)
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Change fields of a record that is not published."""
        row = self.get_object()
        values = self._valid(PostmortemWriteSerializer, record=row)
        visibility = values.pop("visibility", None)
        may_open = permissions.can_set_visibility(request.user, row)
        _require(permissions.can_edit(request.user, row) or (not values and may_open))
        etags.require_match(request, row)
        with transaction.atomic():
            if values:
                row = postmortems.save_step(
                    postmortem=row,
                    by=request.user,
                    values=values,
                    expected_version=row.version,
                )
            if visibility:
                postmortems.set_visibility(
                    postmortem=row, visibility=visibility, by=request.user
                )
        return self.shown(self._again(row.pk))

    @extend_schema(request=None, responses=PostmortemSerializer)
    def submit(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Hand the draft over for review."""
        row = self.get_object()
        _require(permissions.can_submit(request.user, row))
        postmortems.submit_for_review(postmortem=row, by=request.user)
        return self.shown(self._again(row.pk))

    @extend_schema(request=None, responses=PostmortemSerializer)
    def publish(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Publish, with If-Match what was read; 422 says what is missing."""
        row = self.get_object()
        _require(permissions.can_publish(request.user, row))
        postmortems.publish(
            postmortem=row,
            by=request.user,
            at=timezone.now(),
            expected_version=self._read(row),
        )
        return self.shown(self._again(row.pk))

    @extend_schema(request=None, responses=PostmortemSerializer)
    def approve(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Confirm that the record is right, with If-Match as it was read."""
        row = self.get_object()
        _require(permissions.can_approve(request.user, row))
        postmortems.approve(
            postmortem=row,
            by=request.user,
            at=timezone.now(),
            expected_version=self._read(row),
        )
        return self.shown(self._again(row.pk))

    @extend_schema(request=None, responses=PostmortemSerializer)
    def archive(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Set it aside: it counts, but is no precedent any more."""
        row = self.get_object()
        _require(permissions.can_archive(request.user, row))
        archive.set_aside(postmortem=row, by=request.user)
        return self.shown(self._again(row.pk))

    @extend_schema(request=None, responses=PostmortemSerializer)
    def restore(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Take an archived record back among the published ones."""
        row = self.get_object()
        _require(permissions.can_archive(request.user, row))
        archive.take_back(postmortem=row, by=request.user)
        return self.shown(self._again(row.pk))

    @extend_schema(request=ReasonSerializer, responses=PostmortemSerializer)
    def send_back(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return the record to draft; a published one stops counting."""
        row = self.get_object()
        values = self._valid(ReasonSerializer)
        _require(permissions.can_return(request.user, row))
        postmortems.return_to_draft(
            postmortem=row, by=request.user, reason=values.get("reason", "")
        )
        return self.shown(self._again(row.pk))

    def _valid(
        self, serializer_class: type[BaseSerializer[Any]], **more: Any
    ) -> dict[str, Any]:
        context = {**self.get_serializer_context(), **more}
        serializer = serializer_class(data=self.request.data, context=context)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _read(self, row: Postmortem) -> int | None:
        """Return the version that the caller says to have read, None without one."""
        etags.match_if_given(self.request, row)
        return row.version if "If-Match" in self.request.headers else None

    def _again(self, pk: uuid.UUID) -> Postmortem:
        return self.get_queryset().get(pk=pk)


def _require(allowed: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not allowed:
        raise PermissionDenied
