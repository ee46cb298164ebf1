"""Comments on records, verdicts on likeness, completeness and facets over the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from failures import permissions
from failures.api.filters import PostmortemFilter
from failures.api.serializers.discussion import (
    CompletenessSerializer,
    FacetsSerializer,
    LikenessSerializer,
    RecordCommentSerializer,
)
from failures.api.views.parts import GONE
from failures.models import Postmortem, RecordComment
from failures.selectors.comments import comments_on
from failures.selectors.completeness import completeness
from failures.selectors.facets import facets
from failures.selectors.records import readable
from failures.services import comments, likeness
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiView, ApiViewSet, ready
from riskbase.shared.requests import ApiRequest


class CommentViewSet(ApiViewSet):
    """Remarks on the post-mortem named in the address, the newest first."""

    serializer_class = RecordCommentSerializer
    write_scopes = ("postmortems:write",)
    queryset = RecordComment.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[RecordComment]:
        return comments_on(self._postmortem())

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def create(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Say something about the record."""
        row = self._postmortem()
        if not permissions.can_comment(request.user, row):
            raise PermissionDenied
        text = self.valid()["text"]
        return self.created(comments.add(postmortem=row, text=text, by=request.user))

    @extend_schema(responses=GONE)
    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Withdraw a comment: one's own, or as a reviewer any."""
        comment = self.get_object()
        if not permissions.can_withdraw(request.user, comment):
            raise PermissionDenied
        comments.withdraw(comment=comment, by=request.user)
        return Response(status=204)

    def _postmortem(self) -> Postmortem:
        return get_object_or_404(
            readable(self.request.user), pk=self.kwargs["postmortem"]
        )


class LikenessView(ApiView):
    """Somebody's word on whether two records are alike."""

    write_scopes = ("postmortems:write",)

    @extend_schema(
        operation_id="postmortem_likeness_create",
        request=LikenessSerializer,
        responses=LikenessSerializer,
    )
    def post(self, request: ApiRequest, pk: uuid.UUID, other: uuid.UUID) -> Response:
        """Confirm or deny it; what is denied is not shown as similar any more."""
        rows = readable(request.user)
        row = get_object_or_404(rows, pk=pk)
        second = get_object_or_404(rows, pk=other)
        if not permissions.can_comment(request.user, row):
            raise PermissionDenied
        serializer = LikenessSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        verdict = serializer.validated_data["verdict"]
        likeness.judge(postmortem=row, other=second, verdict=verdict, by=request.user)
        return ready(self, Response({"verdict": verdict}))


class CompletenessView(ApiView):
    """How complete a record is, and what it lacks."""

    @extend_schema(
        operation_id="postmortem_completeness_retrieve",
        responses=CompletenessSerializer,
    )
    def get(self, request: ApiRequest, pk: uuid.UUID) -> Response:
        row = get_object_or_404(readable(request.user), pk=pk)
        body = CompletenessSerializer(completeness(row)).data
        return etags.attach(ready(self, Response(body)), request)


class FacetViewSet(ApiViewSet):
    """How the records of a search divide."""

    serializer_class = FacetsSerializer
    filterset_class = PostmortemFilter
    pagination_class = None  # type: ignore[assignment]
    queryset = Postmortem.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Postmortem]:
        return readable(self.request.user)

    @extend_schema(
        operation_id="postmortem_facets_retrieve", responses=FacetsSerializer
    )
    def counts(self, request: ApiRequest) -> Response:
        """Count the values of each facet among what the same filters find."""
        found = facets(self.filter_queryset(self.get_queryset()))
        body = FacetsSerializer(found).data
        return etags.attach(ready(self, Response(body)), request)
