"""The API of projects."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from projects.api.project_filters import ProjectFilter
from projects.api.serializers.projects import (
    ProjectCausesSerializer,
    ProjectSerializer,
)
from projects.models import Project
from projects.permissions import (
    can_create_project,
    can_edit_project,
    can_place_project,
)
from projects.selectors.project_page import causes_of, project_for_page
from projects.selectors.projects import ORDERINGS
from projects.services import projects
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiView, ApiViewSet, ready
from riskbase.shared.requests import ApiRequest

READ = ("projects:write",)
WRITE = ("projects:write",)


def visible_project(request: ApiRequest, pk: uuid.UUID) -> Project:
    """Return the project, or raise Http404 outside the caller's sight."""
    return get_object_or_404(project_for_page(request.user), pk=pk)


class ProjectViewSet(ApiViewSet):
    """The projects the caller sees."""

    serializer_class = ProjectSerializer
    filterset_class = ProjectFilter
    orderings = list(ORDERINGS.values())
    read_scopes = READ
    write_scopes = WRITE
    queryset = Project.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Project]:
        return project_for_page(self.request.user)

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def create(self, request: ApiRequest) -> Response:
        """Open a project under the next reference."""
        facts = self.valid()
        unit = facts.pop("unit")
        if not can_create_project(request.user, unit):
            raise PermissionDenied
        project = projects.create(
            unit=unit,
            by=request.user,
            owner=facts.pop("owner", request.user),
            text=facts.pop("text", {}),
            facts=facts,
        )
        return self.created(project, reverse("api-project-detail", args=[project.pk]))

    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Change the given fields; If-Match names the version that was read."""
        project = self.get_object()
        if not can_edit_project(request.user, project):
            raise PermissionDenied
        etags.require_match(request, project)
        facts = self.valid(partial=True)
        unit = facts.get("unit", project.unit)
        if unit != project.unit and not can_place_project(request.user, unit):
            raise PermissionDenied
        changed = projects.change(
            project=project,
            by=request.user,
            text=facts.pop("text", {}),
            facts=facts,
            expected_version=project.version,
        )
        return self.shown(changed)


class ProjectCausesView(ApiView):
    """The risk of each cause of one project, the worst first."""

    read_scopes = READ

    @extend_schema(
        responses=ProjectCausesSerializer, operation_id="projects_causes_list"
    )
    def get(self, request: ApiRequest, project: uuid.UUID) -> Response:
        row = visible_project(request, project)
        body = ProjectCausesSerializer({"results": causes_of(row)}).data
        return etags.attach(ready(self, Response(body)), request, row)
