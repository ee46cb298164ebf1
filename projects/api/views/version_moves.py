"""The API that moves open assessments to a newer version."""

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response

from projects.api.serializers.assessments import AssessmentDetailSerializer
from projects.api.serializers.moves import MoveRequestSerializer, MoveSerializer
from projects.api.views.projects import READ, WRITE
from projects.api.views.reviews import visible_assessment
from projects.models import Assessment
from projects.permissions import can_answer
from projects.selectors.questionnaires import versions
from projects.selectors.version_moves import move_of, newer_version
from projects.services import version_moves
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet, ready
from riskbase.shared.requests import ApiRequest


class AssessmentMoveViewSet(ApiViewSet):
    """A draft, and the newer version of its questionnaire that is in force."""

    serializer_class = AssessmentDetailSerializer
    queryset = Assessment.objects.none()
    read_scopes = READ
    write_scopes = WRITE
    request: ApiRequest

    @extend_schema(responses=MoveSerializer)
    def preview(self, request: ApiRequest, pk: uuid.UUID) -> Response:
        """Return what moving would do; 404 where there is nothing to move to."""
        assessment = visible_assessment(request, pk)
        version = newer_version(assessment)
        if version is None:
            raise Http404
        move = move_of(assessment, version)
        told: dict[str, Any] = {
            "version": version.pk,
            "number": version.number,
            **{
                name: getattr(move, name)
                for name in ("carried", "again", "gone", "fresh")
            },
        }
        response = Response(MoveSerializer(told).data)
        return etags.attach(ready(self, response), request, assessment)

    @extend_schema(request=MoveRequestSerializer, responses=AssessmentDetailSerializer)
    @transaction.atomic
    def move(self, request: ApiRequest, pk: uuid.UUID) -> Response:
        """Move it; answers go along by question code."""
        assessment = visible_assessment(request, pk)
        if not can_answer(request.user, assessment):
            raise PermissionDenied
        etags.require_match(request, assessment)
        wanted = MoveRequestSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        version = versions().filter(pk=wanted.validated_data["version"]).first()
        if version is None:
            raise ValidationError({"version": _("There is no such version.")})
        moved = version_moves.move(
            assessment=assessment,
            version=version,
            by=request.user,
            expected_version=assessment.version,
        )
        return self.shown(moved)
