"""The API of a review: who is asked, their verdicts, and the decision."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from projects.api.serializers.assessments import AssessmentDetailSerializer
from projects.api.serializers.reviews import (
    ChangesSerializer,
    DecisionSerializer,
    RejectionSerializer,
    SectionReviewSerializer,
    VerdictSerializer,
)
from projects.api.views.projects import READ, WRITE
from projects.models import Assessment, SectionReview
from projects.models.assessment import AssessmentQuerySet
from projects.permissions import can_give_verdict, can_judge, can_review
from projects.selectors.assessments import visible_assessments
from projects.selectors.reviews import reviews_for
from projects.services import decisions, reviews
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


def visible_assessment(request: ApiRequest, pk: uuid.UUID) -> Assessment:
    """Return the assessment, or raise Http404 outside the caller's sight."""
    return get_object_or_404(visible_assessments(request.user), pk=pk)


class SectionReviewViewSet(ApiViewSet):
    """Who is asked about which section of one assessment, and what they say."""

    serializer_class = SectionReviewSerializer
    read_scopes = READ
    write_scopes = WRITE
    queryset = SectionReview.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[SectionReview]:
        assessment = visible_assessment(self.request, self.kwargs["assessment"])
        return reviews_for(self.request.user).filter(assessment=assessment)

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def create(self, request: ApiRequest, assessment: uuid.UUID) -> Response:
        """Ask a reviewer about a section, or about all of it."""
        row = visible_assessment(request, assessment)
        if not can_review(request.user, row.project):
            raise PermissionDenied
        wanted = self.valid()
        asked = reviews.assign(
            assessment=row,
            reviewer=wanted["reviewer"],
            sections=[wanted["section"]] if wanted["section"] else [],
            by=request.user,
        )[0]
        address = reverse("api-assessment-review-detail", args=[row.pk, asked.pk])
        return self.created(asked, address)

    @extend_schema(request=VerdictSerializer, responses=SectionReviewSerializer)
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Give, or take back, the verdict one was asked for."""
        row = self.get_object()
        if not can_give_verdict(request.user, row):
            raise PermissionDenied
        etags.require_match(request, row)
        wanted = VerdictSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = reviews.give_verdict(
            review=row,
            by=request.user,
            at=timezone.now(),
            expected_version=row.version,
            **wanted.validated_data,
        )
        return self.shown(said)

    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Ask the reviewer no longer."""
        row = self.get_object()
        if not can_review(request.user, row.assessment.project):
            raise PermissionDenied
        etags.require_match(request, row)
        reviews.relieve(review=row, by=request.user, expected_version=row.version)
        return Response(status=204)


class AssessmentDecisionViewSet(ApiViewSet):
    """Decisions on what stands under review; If-Match names what was read."""

    serializer_class = AssessmentDetailSerializer
    read_scopes = READ
    write_scopes = WRITE
    queryset = Assessment.objects.none()
    needs_match = True

    request: ApiRequest

    def get_queryset(self) -> AssessmentQuerySet:
        return visible_assessments(self.request.user)

    @extend_schema(request=ChangesSerializer)
    def request_changes(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Send it back; a first change may be asked for right here."""
        return self._decide(ChangesSerializer(data=request.data), _send_back)

    @extend_schema(request=DecisionSerializer)
    def approve(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Approve it; a refusal says all that is missing."""
        return self._decide(DecisionSerializer(data=request.data), decisions.approve)

    @extend_schema(request=RejectionSerializer)
    def reject(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Reject it, saying why."""
        return self._decide(RejectionSerializer(data=request.data), decisions.reject)

    @transaction.atomic
    def _decide(self, wanted: Any, act: Callable[..., Assessment]) -> Response:
        row = self.get_object()
        if not can_judge(self.request.user, row):
            raise PermissionDenied
        etags.require_match(self.request, row)
        wanted.is_valid(raise_exception=True)
        decided = act(
            assessment=row,
            by=self.request.user,
            at=timezone.now(),
            expected_version=row.version,
            **wanted.validated_data,
        )
        return self.shown(decided)


def _send_back(*, at: Any, **given: Any) -> Assessment:  # noqa: ARG001 - as the others are called
    return decisions.request_changes(**given)
