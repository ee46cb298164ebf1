"""The API that compares two assessments of a project."""

import uuid

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from projects.api.serializers.comparisons import ContrastSerializer
from projects.api.views.projects import READ
from projects.models import Project, ScoringRun
from projects.selectors.comparisons import contrast, results_of
from projects.selectors.project_page import project_for_page
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiView, ready
from riskbase.shared.requests import ApiRequest

SIDES = [
    OpenApiParameter(
        name,
        OpenApiTypes.UUID,
        description=f"The {word} assessment; without it one of the two newest.",
    )
    for name, word in (("from", "earlier"), ("to", "later"))
]


class ProjectComparisonView(ApiView):
    """Two results of one project, question by question."""

    read_scopes = READ
    request: ApiRequest

    @extend_schema(parameters=SIDES, responses=ContrastSerializer)
    def get(self, request: ApiRequest, project: uuid.UUID) -> Response:
        """Compare two results: the two newest unless assessments are named.

        404 while the project has fewer than two.
        """
        row = get_object_or_404(project_for_page(request.user), pk=project)
        newest = list(results_of(row)[:2])
        if len(newest) < 2:
            raise NotFound
        after = self._asked(row, "to") or newest[0]
        before = self._asked(row, "from") or next(r for r in newest if r != after)
        shown = Response(ContrastSerializer(contrast(before, after)).data)
        return etags.attach(ready(self, shown), request)

    def _asked(self, project: Project, name: str) -> ScoringRun | None:
        asked = self.request.query_params.get(name)
        if not asked:
            return None
        try:
            key = uuid.UUID(asked)
        except ValueError as error:
            raise ValidationError({name: _("Give the id of an assessment.")}) from error
        run = results_of(project).filter(assessment=key).first()
        if run is None:
            told = _("There is no such result in this project.")
            raise ValidationError({name: told})
        return run
