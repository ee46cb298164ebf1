"""The API of imports: a survey in, a draft and a report out."""

import json
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from projects.api.serializers.survey_imports import (
    SurveyImportSerializer,
    SurveySerializer,
)
from projects.permissions import can_author
from projects.scoring.surveyjs import Convention, Options
from projects.selectors.survey_reports import entry_remarks
from projects.services.survey_imports import import_draft
from riskbase.shared.api.views import ApiView
from riskbase.shared.requests import ApiRequest


class SurveyImportView(ApiView):
    """Surveys made with SurveyJS become drafts."""

    read_scopes = ("questionnaires:write",)
    write_scopes = ("questionnaires:write",)

    @extend_schema(request=SurveySerializer, responses={201: SurveyImportSerializer})
    def post(self, request: ApiRequest) -> Response:
        """Begin a draft from a survey, and say what was not understood."""
        if not can_author(request.user):
            raise PermissionDenied
        wanted = SurveySerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        given: dict[str, Any] = wanted.validated_data
        done = import_draft(
            # Written out once more, so that the bounds of a file hold here too.
            survey=json.dumps(given["survey"], ensure_ascii=False),
            options=Options(
                code=given["code"],
                convention=Convention(given["convention"]),
                title=given.get("title", ""),
                minutes=given.get("minutes"),
            ),
            by=request.user,
        )
        report = done.report
        shown = SurveyImportSerializer(
            {
                "draft": done.draft,
                "report": {
                    "counts": report.counts,
                    "languages": report.languages,
                    "scales": report.scales,
                    "names": report.names,
                    "entries": entry_remarks(report.entries),
                },
            },
            context={"request": request},
        )
        location = reverse("api-questionnaire-detail", args=[done.draft.pk])
        return Response(
            shown.data,
            status=201,
            headers={"Location": request.build_absolute_uri(location)},
        )
