"""Earlier versions of a record over the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from failures import permissions
from failures.api.serializers.agreement import VersionSerializer
from failures.api.serializers.records import PostmortemSerializer
from failures.models import Postmortem
from failures.selectors.records import readable, readable_in_full
from failures.selectors.versions import changes_of
from failures.services.versions import restore
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet, ready
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.requests import ApiRequest


class VersionViewSet(ApiViewSet):
    """Changes of the text and the facts, the newest first."""

    serializer_class = VersionSerializer
    write_scopes = ("postmortems:write",)
    needs_match = True
    queryset = AuditEvent.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[AuditEvent]:
        row = self._postmortem()
        if not permissions.can_see_versions(self.request.user, row):
            raise PermissionDenied
        return changes_of(row)

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    @extend_schema(request=None, responses=PostmortemSerializer)
    def restore(self, request: ApiRequest, pk: uuid.UUID, **_kwargs: Any) -> Response:
        """Store again what stood before a change."""
        row = self._postmortem()
        if not permissions.can_edit(request.user, row):
            raise PermissionDenied
        event = get_object_or_404(changes_of(row), pk=pk)
        etags.require_match(request, row)
        restore(
            postmortem=row, event=event, by=request.user, expected_version=row.version
        )
        restored = readable_in_full(request.user).get(pk=row.pk)
        body = PostmortemSerializer(restored, context=self.get_serializer_context())
        return etags.attach(ready(self, Response(body.data)), request, restored)

    def _postmortem(self) -> Postmortem:
        return get_object_or_404(
            readable(self.request.user), pk=self.kwargs["postmortem"]
        )
