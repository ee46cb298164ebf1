"""The API of mitigations."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from projects.api.serializers.mitigations import (
    MitigationChangeSerializer,
    MitigationSerializer,
)
from projects.api.views.projects import READ, WRITE, visible_project
from projects.models import Mitigation
from projects.permissions import can_mitigate, can_move
from projects.selectors.followups import mitigations_for
from projects.services import mitigations
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


class MitigationViewSet(ApiViewSet):
    """The practices at work in one project."""

    serializer_class = MitigationSerializer
    read_scopes = READ
    write_scopes = WRITE
    queryset = Mitigation.objects.none()

    request: ApiRequest

    def get_serializer_class(self) -> Any:
        is_change = self.action == "partial_update"
        return MitigationChangeSerializer if is_change else MitigationSerializer

    def get_queryset(self) -> QuerySet[Mitigation]:
        project = visible_project(self.request, self.kwargs["project"])
        return mitigations_for(self.request.user).filter(project=project)

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def create(self, request: ApiRequest, project: uuid.UUID) -> Response:
        """Plan a practice of the catalogue."""
        row = visible_project(request, project)
        if not can_mitigate(request.user, row):
            raise PermissionDenied
        facts = self.valid()
        mitigation = mitigations.plan(
            project=row, practice=facts.pop("practice"), by=request.user, facts=facts
        )
        return self.created(
            mitigation, reverse("api-mitigation-detail", args=[row.pk, mitigation.pk])
        )

    @extend_schema(responses=MitigationSerializer)
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Change the facts, or take a step: implemented, verified, dropped, planned."""
        mitigation = self.get_object()
        etags.require_match(request, mitigation)
        facts = self.valid(partial=True)
        state = facts.pop("state", mitigation.state)
        _refuse_unless_allowed(request, mitigation, facts, state)
        with transaction.atomic():
            changed = mitigations.change(
                mitigation=mitigation,
                by=request.user,
                facts=facts,
                expected_version=mitigation.version,
            )
            if state != changed.state:
                changed = mitigations.move(
                    mitigation=changed, state=state, by=request.user, at=timezone.now()
                )
        return self.shown(changed)


def _refuse_unless_allowed(
    request: ApiRequest, mitigation: Mitigation, facts: dict[str, Any], state: str
) -> None:
    """Raise PermissionDenied: facts are for those who mitigate, steps have their own."""
    user = request.user
    if (facts or state == mitigation.state) and not can_mitigate(
        user, mitigation.project
    ):
        raise PermissionDenied
    if state != mitigation.state and not can_move(user, mitigation, state):
        raise PermissionDenied
