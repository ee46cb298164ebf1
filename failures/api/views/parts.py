"""Codings, timeline and follow-ups of one post-mortem."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from failures import permissions
from failures.api.serializers.parts import (
    ActionSerializer,
    CodingSerializer,
    JudgementSerializer,
    MoveSerializer,
    TimelineSerializer,
)
from failures.choices import ActionState
from failures.models import ActionItem, CauseCoding, Postmortem, TimelineEntry
from failures.selectors.records import Part, parts_of, readable
from failures.services import actions, coding, timeline
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.keyset import Ordering
from riskbase.shared.requests import ApiRequest

GONE = {204: OpenApiResponse(description="Removed.")}


class PartViewSet(ApiViewSet):
    """Rows that belong to the post-mortem named in the address."""

    write_scopes = ("postmortems:write",)
    orderings = [Ordering("created", "pk"), Ordering("-created", "pk", descending=True)]

    request: ApiRequest

    def postmortem(self) -> Postmortem:
        """Return the record if the caller may read it. Raises Http404."""
        return self._postmortem

    @cached_property
    def _postmortem(self) -> Postmortem:
        return get_object_or_404(
            readable(self.request.user), pk=self.kwargs["postmortem"]
        )

    model: type[Part]

    def get_queryset(self) -> QuerySet[Any]:
        return parts_of(self.model, self.request.user, self.kwargs.get("postmortem"))

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        self.postmortem()
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def editable(self) -> Postmortem:
        """Return the record if the caller may change it."""
        row = self.postmortem()
        if not permissions.can_edit(self.request.user, row):
            raise PermissionDenied
        return row


class CodingViewSet(PartViewSet):
    """Causes of the failure."""

    serializer_class = CodingSerializer
    model = CauseCoding

    def codable(self) -> Postmortem:
        """Return the record if the caller may code it."""
        row = self.postmortem()
        if not permissions.can_code(self.request.user, row):
            raise PermissionDenied
        return row

    def create(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Name a cause of the taxonomy; free text is refused."""
        row = self.codable()
        values = self.valid()
        cause = values.pop("cause")["slug"]
        created = coding.add(
            postmortem=row,
            cause=cause,
            judgement=coding.Judgement(**values),
            by=request.user,
        )
        return self.created(created)

    @extend_schema(request=JudgementSerializer, responses=CodingSerializer)
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        self.codable()
        row = self.get_object()
        etags.require_match(request, row)
        serializer = JudgementSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        held = {name: getattr(row, name) for name in coding.RECORDED}
        judgement = coding.Judgement(**{**held, **serializer.validated_data})
        return self.shown(
            coding.change(
                coding=row,
                judgement=judgement,
                by=request.user,
                expected_version=row.version,
            )
        )

    @extend_schema(responses=GONE)
    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        self.codable()
        row = self.get_object()
        etags.require_match(request, row)
        coding.remove(coding=row, by=request.user, expected_version=row.version)
        return Response(status=204)


class TimelineViewSet(PartViewSet):
    """Dated steps; appended only: a change is a new entry that corrects the old one."""

    serializer_class = TimelineSerializer
    model = TimelineEntry
    orderings = [Ordering("on", "on")]

    def get_queryset(self) -> QuerySet[Any]:
        """Without what was corrected or withdrawn for whom that is not to tell."""
        rows = super().get_queryset()
        if self.kwargs and not self._in_full:
            rows = rows.filter(corrected_by=None, is_withdrawn=False)
        return rows

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        return {**context, "in_full": not self.kwargs or self._in_full}

    @cached_property
    def _in_full(self) -> bool:
        return permissions.can_see_versions(self.request.user, self.postmortem())

    def create(self, request: ApiRequest, **_kwargs: Any) -> Response:
        row = self.editable()
        return self.created(
            timeline.add(postmortem=row, by=request.user, values=self._said()[0])
        )

    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        self.editable()
        entry = self.get_object()
        etags.require_match(request, entry)
        values, reason = self._said(partial=True)
        return self.shown(
            timeline.correct(
                entry=entry,
                values=values,
                by=request.user,
                reason=reason,
                expected_version=entry.version,
            )
        )

    def _said(self, **options: Any) -> tuple[dict[str, Any], str]:
        """Return the fields and the reason for the correction."""
        values = self.valid(**options)
        return values, values.pop("correction_reason", "")

    @extend_schema(responses=GONE)
    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Withdraw the step; it stays readable as an earlier wording."""
        self.editable()
        entry = self.get_object()
        etags.require_match(request, entry)
        timeline.withdraw(entry=entry, by=request.user, expected_version=entry.version)
        return Response(status=204)


class ActionViewSet(PartViewSet):
    """Follow-ups, from open to verified."""

    serializer_class = ActionSerializer
    model = ActionItem

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if self.kwargs and self.request.method in {"POST", "PATCH"}:
            context["postmortem"] = self.postmortem()
        return context

    def create(self, request: ApiRequest, **_kwargs: Any) -> Response:
        row = self._followed()
        return self.created(
            actions.add(postmortem=row, values=self.valid(), by=request.user)
        )

    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        self._followed()
        row = self.get_object()
        etags.require_match(request, row)
        return self.shown(
            actions.change(
                action=row,
                values=self.valid(partial=True),
                by=request.user,
                expected_version=row.version,
            )
        )

    @extend_schema(request=MoveSerializer, responses=ActionSerializer)
    def move(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Change the state; verifying is a reviewer's, refusing needs a reason."""
        record = self._followed()
        row = self.get_object()
        serializer = MoveSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        verifying = values["state"] == ActionState.VERIFIED
        if verifying and not permissions.can_review(request.user, record):
            raise PermissionDenied
        return self.shown(
            actions.set_state(
                action=row,
                state=values["state"],
                by=request.user,
                reason=values.get("reason", ""),
                evidence=values,
            )
        )

    @extend_schema(responses=GONE)
    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        self.editable()
        row = self.get_object()
        etags.require_match(request, row)
        actions.remove(action=row, by=request.user, expected_version=row.version)
        return Response(status=204)

    def _followed(self) -> Postmortem:
        row = self.postmortem()
        if not permissions.can_follow_up(self.request.user, row):
            raise PermissionDenied
        return row
