"""The API of files beside answers."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from projects.api.serializers.evidence import (
    EvidenceSerializer,
    NewEvidenceSerializer,
)
from projects.api.views.projects import READ, WRITE
from projects.api.views.reviews import visible_assessment
from projects.models import EvidenceFile
from projects.permissions import can_answer
from projects.selectors.evidence import evidence_for
from projects.services import evidence
from riskbase.shared.api.refusals import TooLarge
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.files import kept
from riskbase.shared.keyset import Ordering
from riskbase.shared.requests import ApiRequest
from riskbase.shared.signatures import CONTENT_TYPES
from riskbase.shared.uploads import was_cut

FILE = OpenApiResponse(OpenApiTypes.BINARY, "The file.")


class EvidenceViewSet(ApiViewSet):
    """The files of one assessment."""

    serializer_class = EvidenceSerializer
    queryset = EvidenceFile.objects.none()
    parser_classes = [MultiPartParser]
    orderings = [
        Ordering("-uploaded", "pk", descending=True),
        Ordering("uploaded", "pk"),
    ]
    filterset_fields = {"question": ["exact"]}
    read_scopes = READ
    write_scopes = WRITE
    request: ApiRequest

    def get_queryset(self) -> QuerySet[EvidenceFile]:
        assessment = visible_assessment(self.request, self.kwargs["assessment"])
        return evidence_for(self.request.user).filter(assessment=assessment)

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    @extend_schema(request={"multipart/form-data": NewEvidenceSerializer})
    def create(self, request: ApiRequest, assessment: uuid.UUID) -> Response:
        """Attach a file; the same content again is the same file."""
        row = visible_assessment(request, assessment)
        if not can_answer(request.user, row):
            raise PermissionDenied
        wanted = NewEvidenceSerializer(data=request.data)
        if was_cut(request):
            raise TooLarge
        wanted.is_valid(raise_exception=True)
        sent = wanted.validated_data["file"]
        kept = evidence.attach(
            assessment=row,
            question=wanted.validated_data["question"],
            file=sent,
            name=sent.name,
            by=request.user,
        )
        address = reverse("api-assessment-evidence-detail", args=[row.pk, kept.pk])
        return self.created(kept, address)

    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Take a file away."""
        row = self.get_object()
        if not can_answer(request.user, row.assessment):
            raise PermissionDenied
        evidence.remove(evidence=row, by=request.user)
        return Response(status=204)

    @extend_schema(responses={(200, each): FILE for each in CONTENT_TYPES})
    def content(self, _request: ApiRequest, **_kwargs: Any) -> FileResponse:
        """Return the file itself."""
        return kept(self.get_object())
