"""The API of what-if."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response

from projects.api.serializers.scenarios import (
    ComparisonSerializer,
    NewScenarioSerializer,
    RemedySerializer,
    ScenarioChangeSerializer,
    ScenarioSerializer,
    TellingSerializer,
    WhatIfSerializer,
)
from projects.api.views.projects import READ, WRITE
from projects.api.views.reviews import visible_assessment
from projects.models import Scenario
from projects.permissions import can_imagine
from projects.selectors.grounds import Ground, ground_of
from projects.selectors.next_steps import MOST, remedy_for, telling_for
from projects.selectors.what_if import scenarios_of
from projects.services import scenarios
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet, ready
from riskbase.shared.errors import DomainError
from riskbase.shared.requests import ApiRequest

COUNT = OpenApiParameter(
    "count",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": 3},
    description="How many questions.",
)


class GroundedViewSet(ApiViewSet):
    """What starts from the newest result of an assessment."""

    queryset = Scenario.objects.none()
    read_scopes = READ
    request: ApiRequest

    def ground(self) -> Ground:
        """Return the ground to who may read it. Raises Http404 without a result."""
        found = ground_of(visible_assessment(self.request, self.kwargs["assessment"]))
        if found is None:
            raise Http404
        return found


class WhatIfViewSet(GroundedViewSet):
    """What is computed from it; nothing is kept."""

    serializer_class = ComparisonSerializer
    write_scopes = WRITE

    @extend_schema(request=WhatIfSerializer, responses=ComparisonSerializer)
    def compute(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return what changed answers and practices would lead to."""
        ground = self.ground()
        wanted = WhatIfSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        found = scenarios.tried(
            ground=ground,
            entries=wanted.entries_in(said),
            practices=said["practices"],
        )
        return Response(ComparisonSerializer(found).data)

    @extend_schema(responses=RemedySerializer)
    def smallest_change(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return the fewest answers or practices that lower the tier.

        404 where the tier is the lowest already, or there is none.
        """
        remedy = remedy_for(self.ground())
        if remedy is None:
            raise Http404
        shown = Response(RemedySerializer(remedy).data)
        return etags.attach(ready(self, shown), request)

    @extend_schema(parameters=[COUNT], responses=TellingSerializer)
    def telling_questions(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return the open questions whose answers together narrow the result most.

        404 where no open question tells anything.
        """
        asked = request.query_params.get("count", "3")
        if asked not in {str(number) for number in range(1, MOST + 1)}:
            told = _("Ask for 1 to %(most)s questions.") % {"most": MOST}
            raise ValidationError({"count": told})
        telling = telling_for(self.ground(), int(asked))
        if telling is None:
            raise Http404
        shown = Response(TellingSerializer(telling).data)
        return etags.attach(ready(self, shown), request)


class ScenarioViewSet(GroundedViewSet):
    """The scenarios of one assessment."""

    serializer_class = ScenarioSerializer
    write_scopes = WRITE

    def get_queryset(self) -> QuerySet[Scenario]:
        assessment = visible_assessment(self.request, self.kwargs["assessment"])
        return scenarios_of(assessment)

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if "assessment" in self.kwargs:
            context["ground"] = self.ground()
        return context

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    @extend_schema(request=NewScenarioSerializer)
    def create(self, request: ApiRequest, assessment: uuid.UUID) -> Response:
        """Keep a scenario; the assessment itself stays as it is."""
        row = visible_assessment(request, assessment)
        if not can_imagine(request.user, row):
            raise PermissionDenied
        if ground_of(row) is None:
            raise DomainError("no_result_yet", scenarios.NO_RESULT)
        wanted = NewScenarioSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        kept = scenarios.create(
            assessment=row,
            name=said["name"],
            entries=wanted.entries_in(said),
            practices=said["practices"],
            by=request.user,
        )
        address = reverse("api-assessment-scenario-detail", args=[row.pk, kept.pk])
        return self.created(kept, address)

    @extend_schema(request=ScenarioChangeSerializer)
    @transaction.atomic
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Change it; answers and practices that are sent replace those it had."""
        row = self._changeable()
        wanted = ScenarioChangeSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        kept = {code: scenarios.entry_from(each) for code, each in row.answers.items()}
        changed = scenarios.change(
            scenario=row,
            name=said.get("name", row.name),
            entries=wanted.entries_in(said) if "answers" in request.data else kept,
            practices=(
                said["practices"] if "practices" in request.data else row.practices
            ),
            by=request.user,
            expected_version=row.version,
        )
        return self.shown(changed)

    @transaction.atomic
    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Delete it; the audit trail keeps what it said."""
        scenarios.delete(scenario=self._changeable(), by=request.user)
        return Response(status=204)

    def _changeable(self) -> Scenario:
        row: Scenario = self.get_object()
        if not can_imagine(self.request.user, row.assessment):
            raise PermissionDenied
        etags.require_match(self.request, row)
        return row
