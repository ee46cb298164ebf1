"""The API of reports, the register and background work."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from accounts.models import Unit
from accounts.selectors import visible_units
from portfolio.api.examples import report_of
from portfolio.api.renderers import CsvRenderer
from portfolio.api.serializers import (
    JobSerializer,
    RegisterSerializer,
    ReportSerializer,
)
from portfolio.forms import RegisterFilterForm
from portfolio.models import Population, Snapshot
from portfolio.permissions import can_refresh
from portfolio.reports.tables import COLUMNS, part_of, rows_of
from portfolio.selectors.jobs import jobs_of
from portfolio.selectors.register import ORDERINGS, register_of
from portfolio.selectors.statistics import default_population, snapshot_for
from portfolio.services.jobs import request_refresh
from projects.models import Project
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiView, ApiViewSet, ready
from riskbase.shared.jobs.models import Job
from riskbase.shared.requests import ApiRequest

Table = tuple[Sequence[str], Iterable[Mapping[str, Any]]]
SCOPES = ("reports:read",)
PROVENANCE = ("population", "unit", "as_of", "method_version", "watermark")
CSV = OpenApiParameter(
    "format", str, enum=["json", "csv"], description="Representation; default json."
)
PARAMETERS = [
    OpenApiParameter(
        "population",
        str,
        enum=Population.values,
        description="Own portfolio or case base; never mixed.",
    ),
    OpenApiParameter(
        "unit", OpenApiTypes.UUID, description="A unit with those below it."
    ),
    CSV,
]


class ReportView(ApiView):
    """A report from the snapshot in force, with its provenance and an ETag."""

    read_scopes = SCOPES
    renderer_classes = [JSONRenderer, CsvRenderer]
    report = ""
    request: ApiRequest

    def answer(self, request: ApiRequest) -> Response:
        """Return the report, or 304 to who holds it."""
        self.snapshot = self._snapshot()
        response = ready(self, Response(self._body()))
        return etags.attach(response, request)

    def csv_table(self, body: Mapping[str, Any]) -> Table:
        """Return the report's rows, each with its provenance."""
        origin = {name: body[name] for name in PROVENANCE}
        rows = rows_of(self.snapshot.payload, self.report)
        columns = (*COLUMNS[self.report], *PROVENANCE)
        return columns, [row | origin for row in rows]

    def _snapshot(self) -> Snapshot:
        unit = self._unit()
        chosen = Population.PORTFOLIO if unit else default_population(self.request.user)
        population = self.request.query_params.get("population", str(chosen))
        if population not in Population.values:
            raise ValidationError({"population": _("This population is not offered.")})
        if unit and population == Population.CASES:
            raise ValidationError({"unit": _("The case base has no units.")})
        found = snapshot_for(self.request.user, population, unit.pk if unit else None)
        if found is None:
            raise NotFound(_("This report has not been computed yet."))
        return found

    def _unit(self) -> Unit | None:
        asked = self.request.query_params.get("unit")
        if not asked:
            return None
        try:
            key = UUID(asked)
        except ValueError as error:
            raise ValidationError({"unit": _("Give the id of a unit.")}) from error
        return get_object_or_404(visible_units(self.request.user), pk=key)

    def _body(self) -> dict[str, Any]:
        snapshot, payload = self.snapshot, self.snapshot.payload
        return dict(
            ReportSerializer(
                {
                    "report": self.report,
                    "snapshot": snapshot.pk,
                    "population": snapshot.population,
                    "unit": snapshot.unit_id,
                    "as_of": snapshot.as_of,
                    "computed_at": snapshot.computed_at,
                    "method_version": snapshot.method_version,
                    "watermark": snapshot.watermark,
                    "filter": payload["filter"],
                    "n": payload["n"],
                    "small_cell_threshold": payload["small_cell_threshold"],
                    "contains_demo": payload["contains_demo"],
                    "result": part_of(payload, self.report),
                }
            ).data
        )


def report_view(name: str, summary: str) -> Any:
    """Return the view of one report."""

    @extend_schema(
        operation_id=f"report_{name.replace('-', '_')}",
        summary=summary,
        parameters=PARAMETERS,
        responses={200: ReportSerializer, (200, "text/csv"): OpenApiTypes.STR},
        examples=[OpenApiExample(name, value=report_of(name), response_only=True)],
    )
    def get(self: ReportView, request: ApiRequest) -> Response:
        return self.answer(request)

    title = f"{name.title().replace('-', '')}View"
    return type(title, (ReportView,), {"report": name, "get": get}).as_view()  # type: ignore[attr-defined]


def _refusals(form: RegisterFilterForm) -> dict[str, list[str]]:
    return {name: [str(word) for word in words] for name, words in form.errors.items()}


class RegisterViewSet(ApiViewSet):
    """Running projects, the riskiest first."""

    serializer_class = RegisterSerializer
    read_scopes = SCOPES
    renderer_classes = [JSONRenderer, CsvRenderer]
    orderings = ORDERINGS
    queryset = Project.objects.none()
    filter_backends: list[Any] = []
    request: ApiRequest

    def get_queryset(self) -> QuerySet[Project]:
        form = RegisterFilterForm(self.request.query_params, user=self.request.user)
        if not form.is_valid():
            raise ValidationError(_refusals(form))
        return register_of(self.request.user, form.wanted())

    @extend_schema(
        operation_id="report_register",
        parameters=[
            OpenApiParameter(
                "search", str, description="Reference or words of a name."
            ),
            OpenApiParameter("tier", str, description="A tier, or none."),
            OpenApiParameter("unit", OpenApiTypes.UUID),
            OpenApiParameter("cause", str, description="The binding cause."),
            OpenApiParameter("stage", str),
            CSV,
        ],
    )
    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    def csv_table(self, body: Mapping[str, Any]) -> Table:
        """Return the lines of this page."""
        return RegisterSerializer.Meta.fields, body["results"]


class RefreshView(ApiView):
    """Asks for new statistics."""

    read_scopes = SCOPES
    write_scopes = SCOPES

    @extend_schema(
        operation_id="report_refresh", request=None, responses={202: JobSerializer}
    )
    def post(self, request: ApiRequest) -> Response:
        if not can_refresh(request.user):
            raise PermissionDenied
        job = request_refresh(by=request.user)
        response = ready(self, Response(JobSerializer(job).data, status=202))
        address = reverse("api-job-detail", args=[job.pk])
        response["Location"] = request.build_absolute_uri(address)
        return response


class JobViewSet(ApiViewSet):
    """Background work the caller asked for, and refreshes of the statistics."""

    serializer_class = JobSerializer
    read_scopes = SCOPES
    queryset = Job.objects.none()
    request: ApiRequest

    def get_queryset(self) -> QuerySet[Job]:
        return jobs_of(self.request.user)

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())
