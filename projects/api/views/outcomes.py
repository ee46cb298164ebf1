"""The API of outcomes and the post-mortems they lead to."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from projects.api.serializers.outcomes import (
    OutcomeSerializer,
    PostmortemLinkSerializer,
)
from projects.api.views.projects import READ, WRITE, visible_project
from projects.models import Outcome
from projects.permissions import can_log_postmortem, can_record_outcome
from projects.selectors.followups import outcomes_for
from projects.services import outcomes
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


class OutcomeViewSet(ApiViewSet):
    """What was recorded of one project, newest first."""

    serializer_class = OutcomeSerializer
    read_scopes = READ
    write_scopes = WRITE
    queryset = Outcome.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Outcome]:
        project = visible_project(self.request, self.kwargs["project"])
        return outcomes_for(self.request.user).filter(project=project)

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def create(self, request: ApiRequest, project: uuid.UUID) -> Response:
        """Say how the project ended or stands; closing outcomes close it."""
        row = visible_project(request, project)
        if not can_record_outcome(request.user, row):
            raise PermissionDenied
        outcome = outcomes.record(
            project=row, by=request.user, at=timezone.now(), **self.valid()
        )
        return self.created(outcome)


class OutcomePostmortemView(ApiViewSet):
    """The post-mortem of a failure."""

    serializer_class = PostmortemLinkSerializer
    write_scopes = (*WRITE, "postmortems:write")
    queryset = Outcome.objects.none()

    request: ApiRequest

    @extend_schema(
        request=PostmortemLinkSerializer,
        responses={200: OutcomeSerializer},
        operation_id="outcomes_postmortem_create",
    )
    def create(self, request: ApiRequest, pk: uuid.UUID) -> Response:
        """Link the named record, or begin a draft and link it."""
        outcome = get_object_or_404(outcomes_for(request.user), pk=pk)
        if not can_log_postmortem(request.user, outcome.project):
            raise PermissionDenied
        context = {**self.get_serializer_context(), "outcome": outcome}
        asked = PostmortemLinkSerializer(data=request.data, context=context)
        asked.is_valid(raise_exception=True)
        record = asked.validated_data.get("postmortem")
        if record is None:
            outcomes.start_postmortem(outcome=outcome, by=request.user)
        else:
            outcomes.link_postmortem(
                outcome=outcome, postmortem=record, by=request.user
            )
        outcome.refresh_from_db()
        return self.shown(outcome)

    def get_serializer(self, *args: Any, **options: Any) -> Any:
        """Answer with the outcome."""
        return OutcomeSerializer(
            *args, **options, context=self.get_serializer_context()
        )
