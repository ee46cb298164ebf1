"""Importing files over the API, and taking post-mortems away as files."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response

from failures import exports, permissions
from failures.api.filters import PostmortemFilter
from failures.api.serializers.imports import (
    ImportFaultSerializer,
    ImportRunSerializer,
    NewImportSerializer,
    StartSerializer,
)
from failures.models import ImportFault, ImportRun, Postmortem
from failures.selectors.imports import (
    FAULT_ORDER,
    REPORT,
    faults_of,
    report_rows,
    runs_visible_to,
)
from failures.selectors.records import readable
from failures.services import imports
from riskbase.shared.api.refusals import TooLarge
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.files import streamed
from riskbase.shared.requests import ApiRequest
from riskbase.shared.tabular import TYPES, Format, chunks
from riskbase.shared.uploads import was_cut

FILE = OpenApiResponse(OpenApiTypes.BINARY, "The file.")
ROW: dict[str, Any] = {"type": "object", "additionalProperties": True}
ROWS = OpenApiResponse({"type": "array", "items": ROW}, "One object per row.")
TABLES: dict[tuple[int, str], Any] = {
    (200, TYPES[kind].split(";")[0]): ROWS if kind == Format.JSON else FILE
    for kind in Format
}
ONE: dict[tuple[int, str], Any] = {
    (200, "application/json"): OpenApiResponse(ROW, "The record."),
    (200, "text/markdown"): FILE,
    (200, "application/pdf"): FILE,
}
KIND = OpenApiParameter(
    "kind", str, OpenApiParameter.PATH, enum=[kind.value for kind in Format]
)
ONE_KIND = OpenApiParameter(
    "kind", str, OpenApiParameter.PATH, enum=list(exports.SINGLE)
)


class ImportViewSet(ApiViewSet):
    """Files of post-mortems on their way into a unit."""

    serializer_class = ImportRunSerializer
    queryset = ImportRun.objects.none()
    parser_classes = [MultiPartParser, JSONParser]
    write_scopes = ("postmortems:write",)

    request: ApiRequest

    def get_queryset(self) -> QuerySet[ImportRun]:
        return runs_visible_to(self.request.user)

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        """Show how far it is: ask again until `stage` is no longer `waiting`."""
        return self.shown(self.get_object())

    @extend_schema(
        request={"multipart/form-data": NewImportSerializer},
        responses={201: ImportRunSerializer},
    )
    def create(self, request: ApiRequest) -> Response:
        """Upload a file and look through it; with a mode the import starts at once."""
        if not permissions.can_import_anywhere(request.user):
            raise PermissionDenied
        if was_cut(request):
            raise TooLarge
        wanted = NewImportSerializer(
            data=request.data, context=self.get_serializer_context()
        )
        wanted.is_valid(raise_exception=True)
        values = wanted.validated_data
        run = imports.upload(
            file=values["file"],
            name=values["file"].name,
            unit=values["unit"],
            visibility=values["visibility"],
            by=request.user,
        )
        if "mode" in values or "dry_run" in values:
            run = imports.start(
                run=run,
                by=request.user,
                mode=values.get("mode", run.mode),
                is_dry=values.get("dry_run", False),
            )
        return self.created(run, reverse("api-import-detail", args=[run.pk]))

    @extend_schema(request=StartSerializer, responses={202: ImportRunSerializer})
    def start(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Check the file or import it, in the background."""
        run = self.get_object()
        serializer = StartSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        run = imports.start(
            run=run,
            by=request.user,
            mode=values["mode"],
            is_dry=values["dry_run"],
            source=values.get("source"),
            mapping=values.get("mapping"),
        )
        return self.shown(run, 202)


class ImportFaultViewSet(ApiViewSet):
    """What is wrong with the rows of one import."""

    serializer_class = ImportFaultSerializer
    queryset = ImportFault.objects.none()
    orderings = [FAULT_ORDER]

    request: ApiRequest

    def _run(self) -> ImportRun:
        return get_object_or_404(
            runs_visible_to(self.request.user), pk=self.kwargs["run"]
        )

    def get_queryset(self) -> QuerySet[ImportFault]:
        return faults_of(self._run())

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    @extend_schema(
        operation_id="import_report_retrieve", parameters=[KIND], responses=TABLES
    )
    def report(
        self, _request: ApiRequest, kind: str, **_kwargs: Any
    ) -> HttpResponseBase:
        """Download all of them as a table."""
        if kind not in Format.__members__.values():
            raise Http404
        content = chunks(Format(kind), REPORT, report_rows(self._run()))
        return streamed(f"faults.{kind}", TYPES[Format(kind)], content)


class ExportViewSet(ApiViewSet):
    """Post-mortems as files."""

    queryset = Postmortem.objects.none()
    filterset_class = PostmortemFilter

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Postmortem]:
        return readable(self.request.user)

    @extend_schema(
        operation_id="postmortem_export_list", parameters=[KIND], responses=TABLES
    )
    def many(self, request: ApiRequest, kind: str) -> HttpResponseBase:
        """Download what the filters find, in our own columns, which import again."""
        if kind not in Format.__members__.values():
            raise Http404
        rows = self.filter_queryset(self.get_queryset()).order_by("-pk")
        file = exports.table_of(
            rows.iterator(exports.BATCH), kind=Format(kind), user=request.user
        )
        return streamed(file.name, file.content_type, file.content)

    @extend_schema(
        operation_id="postmortem_export_retrieve", parameters=[ONE_KIND], responses=ONE
    )
    def one(self, request: ApiRequest, kind: str, **_kwargs: Any) -> HttpResponseBase:
        """Download one record as JSON, or as Markdown or PDF in the caller's language."""
        row = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        if kind not in exports.SINGLE:
            raise Http404
        file = exports.one_of(
            row, kind=kind, user=request.user, language=request.LANGUAGE_CODE
        )
        return streamed(file.name, file.content_type, file.content)
