"""The shareable version over the API."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from failures import exports, permissions
from failures.api.serializers.sharing import NamesSerializer, SharingSerializer
from failures.api.views.imports import ONE, ONE_KIND
from failures.models import Postmortem
from failures.selectors.records import readable
from failures.selectors.sharing import shared
from failures.services import sharing
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.files import streamed
from riskbase.shared.requests import ApiRequest


class SharingViewSet(ApiViewSet):
    """What may leave the organization: names written otherwise, and the sign-off."""

    serializer_class = SharingSerializer
    write_scopes = ("postmortems:write",)

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Postmortem]:
        return readable(self.request.user)

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(shared(self._prepared()))

    @extend_schema(request=NamesSerializer, responses=SharingSerializer)
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Write the names; replaces all of them."""
        row = self._prepared()
        found = shared(row)
        etags.require_match(request, found)
        serializer = NamesSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        sharing.write_names(
            postmortem=row,
            pseudonyms=serializer.validated_data["pseudonyms"],
            by=request.user,
            expected_version=found.sharing.version,
        )
        return self.shown(shared(row))

    @extend_schema(request=None, responses=SharingSerializer)
    def sign(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Sign the version off as it stands, or with If-Match as it was read."""
        row = self._postmortem()
        if not permissions.can_review(request.user, row):
            raise PermissionDenied
        found = shared(row)
        etags.match_if_given(request, found)
        sharing.sign_off(
            postmortem=row,
            by=request.user,
            at=timezone.now(),
            expected_digest=found.digest,
        )
        return self.shown(shared(row))

    @extend_schema(
        operation_id="postmortem_sharing_file_retrieve",
        parameters=[ONE_KIND],
        responses=ONE,
    )
    def file(self, request: ApiRequest, kind: str, **_kwargs: Any) -> HttpResponseBase:
        """Download the version for others; 404 before it is signed off."""
        row = self._postmortem()
        found = shared(row)
        if kind not in exports.SINGLE or not found.is_signed_off:
            raise Http404
        made = exports.shared_of(
            row,
            found,
            kind=kind,
            user=request.user,
            language=request.LANGUAGE_CODE,
        )
        return streamed(made.name, made.content_type, made.content)

    def _postmortem(self) -> Postmortem:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["postmortem"])

    def _prepared(self) -> Postmortem:
        row = self._postmortem()
        if not permissions.can_set_visibility(self.request.user, row):
            raise PermissionDenied
        return row
