"""The API of files beside records."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from failures import permissions
from failures.api.serializers.attachments import (
    AttachmentSerializer,
    NewAttachmentSerializer,
)
from failures.api.views.parts import GONE
from failures.models import Attachment, Postmortem
from failures.selectors.attachments import attachments_of
from failures.selectors.records import readable
from failures.services import attachments
from riskbase.shared.api.refusals import TooLarge
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.files import kept
from riskbase.shared.requests import ApiRequest
from riskbase.shared.signatures import CONTENT_TYPES
from riskbase.shared.uploads import was_cut

FILE = OpenApiResponse(OpenApiTypes.BINARY, "The file.")


class AttachmentViewSet(ApiViewSet):
    """The files of one record."""

    serializer_class = AttachmentSerializer
    queryset = Attachment.objects.none()
    parser_classes = [MultiPartParser]
    write_scopes = ("postmortems:write",)

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Attachment]:
        return attachments_of(self._postmortem())

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    @extend_schema(
        request={"multipart/form-data": NewAttachmentSerializer},
        responses={201: AttachmentSerializer},
    )
    def create(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Attach a file; the same content again is the same file."""
        row = self._changeable()
        wanted = NewAttachmentSerializer(data=request.data)
        if was_cut(request):
            raise TooLarge
        wanted.is_valid(raise_exception=True)
        sent = wanted.validated_data["file"]
        kept = attachments.attach(
            postmortem=row, file=sent, name=sent.name, by=request.user
        )
        return self.created(
            kept, reverse("api-postmortem-file-detail", args=[row.pk, kept.pk])
        )

    @extend_schema(responses=GONE)
    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Take a file away."""
        self._changeable()
        attachments.remove(attachment=self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(responses={(200, each): FILE for each in CONTENT_TYPES})
    def content(self, _request: ApiRequest, **_kwargs: Any) -> FileResponse:
        """Return the file itself."""
        return kept(self.get_object())

    def _postmortem(self) -> Postmortem:
        return get_object_or_404(
            readable(self.request.user), pk=self.kwargs["postmortem"]
        )

    def _changeable(self) -> Postmortem:
        row = self._postmortem()
        if not permissions.can_follow_up(self.request.user, row):
            raise PermissionDenied
        return row
