"""The API of assessments: start, answer, submit, read the result."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.response import Response

from projects.api.filters import AssessmentFilter
from projects.api.serializers.assessments import (
    AnswerEntrySerializer,
    AssessmentDetailSerializer,
    AssessmentSerializer,
    BulkAnswersSerializer,
    EstimateSerializer,
    NewAssessmentSerializer,
    ResultSerializer,
)
from projects.models import Assessment
from projects.models.assessment import AssessmentQuerySet
from projects.permissions import can_answer, can_assess, can_submit
from projects.selectors.assessments import run_of, visible_assessments
from projects.selectors.project_page import project_for_page
from projects.selectors.questionnaires import versions
from projects.services import answers, assessments, estimates
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet, ready
from riskbase.shared.requests import ApiRequest


class AssessmentViewSet(ApiViewSet):
    """The assessments of the projects the caller sees."""

    serializer_class = AssessmentDetailSerializer
    queryset = Assessment.objects.none()
    filterset_class = AssessmentFilter
    read_scopes = ("projects:write",)
    write_scopes = ("projects:write",)

    request: ApiRequest

    def get_queryset(self) -> AssessmentQuerySet:
        return visible_assessments(self.request.user)

    def get_serializer_class(self) -> Any:
        if self.action == "list":
            return AssessmentSerializer
        return AssessmentDetailSerializer

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        """Return an assessment with its answers and which questions are asked."""
        return self.shown(self.get_object())

    @extend_schema(request=NewAssessmentSerializer)
    def create(self, request: ApiRequest) -> Response:
        """Start an assessment; the draft that is there already is returned."""
        wanted = NewAssessmentSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        given = wanted.validated_data
        project = project_for_page(request.user).filter(pk=given["project"]).first()
        if project is None:
            raise ValidationError({"project": _("There is no such project.")})
        version = (
            versions()
            .published()
            .filter(questionnaire__code=given["questionnaire"])
            .first()
        )
        if version is None:
            raise ValidationError(
                {"questionnaire": _("There is no such questionnaire.")}
            )
        if not can_assess(request.user, project):
            raise PermissionDenied
        row = assessments.start(project=project, version=version, by=request.user)
        return self.created(row, reverse("api-assessment-detail", args=[row.pk]))

    @extend_schema(request=EstimateSerializer)
    @transaction.atomic
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Give one's own estimate, null to skip it: once, before any result is seen."""
        row = self._draft()
        wanted = EstimateSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        changed = estimates.settle(
            assessment=row,
            percent=wanted.validated_data["own_estimate"],
            by=request.user,
            at=timezone.now(),
        )
        return self.shown(changed)

    @extend_schema(request=AnswerEntrySerializer)
    @transaction.atomic
    def answer(self, request: ApiRequest, question: str, **_kwargs: Any) -> Response:
        """Give one answer; If-Match carries the ETag of the assessment."""
        row = self._draft()
        wanted = AnswerEntrySerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        answers.save_answer(
            assessment=row, question=question, entry=wanted.entry, by=request.user
        )
        return self.shown(row)

    @extend_schema(request=BulkAnswersSerializer)
    @transaction.atomic
    def answer_many(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Give many answers at once: all are kept, or none."""
        row = self._draft()
        wanted = BulkAnswersSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        refused = answers.save_answers(
            assessment=row, entries=wanted.entries, by=request.user
        )
        if refused:
            faults = {code: [str(fault.message)] for code, fault in refused.items()}
            raise ValidationError({"answers": faults})
        return self.shown(row)

    @extend_schema(request=None)
    def submit(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Close and score it; its result never changes afterwards."""
        row = self.get_object()
        if row.is_open and not can_submit(request.user, row):
            raise PermissionDenied
        done = assessments.submit(assessment=row, by=request.user, at=timezone.now())
        return self.shown(done)

    @extend_schema(responses=ResultSerializer)
    def result(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return what the newest run froze."""
        run = run_of(self.get_object())
        if run is None:
            raise NotFound(_("This assessment has no result yet."))
        return etags.attach(ready(self, Response(ResultSerializer(run).data)), request)

    def _draft(self) -> Assessment:
        """Return the row the caller may change and has read, else refuse."""
        # Locked, so that of two writers with the same ETag the second is told.
        rows = self.get_queryset().select_for_update(of=("self",))
        row: Assessment = get_object_or_404(rows, pk=self.kwargs["pk"])
        if row.is_open and not can_answer(self.request.user, row):
            raise PermissionDenied
        etags.require_match(self.request, row)
        return row
