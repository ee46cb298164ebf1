"""The API of questionnaires: read by everybody, written by authors."""

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.response import Response

from projects.api.serializers.questionnaires import (
    DifferencesSerializer,
    DraftSerializer,
    FindingsSerializer,
    NewDraftSerializer,
    PublishSerializer,
    QuestionnaireDetailSerializer,
    QuestionnaireSerializer,
    ReturnSerializer,
    SourceSerializer,
)
from projects.exports.files import FORMATS, file_of
from projects.models import QuestionnaireVersion
from projects.models.questionnaire import VersionQuerySet
from projects.permissions import can_author
from projects.selectors.checks import Check, check_of
from projects.selectors.questionnaires import versions, versions_for
from projects.selectors.version_differences import (
    comparable,
    default_base,
    told_changes,
)
from projects.services import draft_reviews, drafts, publication
from projects.services.publication import Consent
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet, ready
from riskbase.shared.files import download
from riskbase.shared.keyset import Ordering
from riskbase.shared.requests import ApiRequest

SCOPES = ("questionnaires:write",)
KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(FORMATS))
FILE = OpenApiResponse(OpenApiTypes.BINARY, "The file.")
WHOLE = OpenApiResponse(OpenApiTypes.OBJECT, "The document.")
FILES = {
    (200, content_type): WHOLE if kind in {"json", "yaml"} else FILE
    for kind, (content_type, _extension) in FORMATS.items()
}
WITH = OpenApiParameter(
    "with", OpenApiTypes.UUID, description="The version to compare with."
)
LANGUAGE = OpenApiParameter(
    "language", str, enum=["all"], description="Texts in every language."
)


class AuthorViewSet(ApiViewSet):
    """What is about one version, and who may act on it."""

    read_scopes = SCOPES
    write_scopes = SCOPES
    queryset = QuestionnaireVersion.objects.none()
    request: ApiRequest

    def get_queryset(self) -> VersionQuerySet:
        return versions_for(self.request.user)

    def for_author(self) -> QuestionnaireVersion:
        """Return the version of the address to an author, else refuse."""
        version: QuestionnaireVersion = self.get_object()
        if not can_author(self.request.user):
            raise PermissionDenied
        return version

    def read_for_author(self) -> QuestionnaireVersion:
        """Return the locked version to an author who has read it, else refuse."""
        # Locked, so that of two writers with the same ETag the second is told.
        rows = self.get_queryset().select_for_update(of=("self",))
        version: QuestionnaireVersion = get_object_or_404(rows, pk=self.kwargs["pk"])
        if not can_author(self.request.user):
            raise PermissionDenied
        etags.require_match(self.request, version)
        return version


class QuestionnaireViewSet(AuthorViewSet):
    """All versions of all questionnaires; drafts are shown to authors alone."""

    serializer_class = QuestionnaireDetailSerializer
    orderings = [Ordering("-created", "pk", descending=True), Ordering("created", "pk")]
    filterset_fields = {
        "state": ["exact"],
        "questionnaire__code": ["exact"],
    }

    def get_serializer_class(self) -> Any:
        if self.action == "list":
            return QuestionnaireSerializer
        return QuestionnaireDetailSerializer

    def list(self, _request: ApiRequest) -> Response:
        return self.listed()

    @extend_schema(parameters=[LANGUAGE])
    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        """Return a version with its whole document."""
        return self.shown(self.get_object())

    @extend_schema(request=NewDraftSerializer)
    def create(self, request: ApiRequest) -> Response:
        """Begin a draft: of a new code, as a copy, or from a text."""
        if not can_author(request.user):
            raise PermissionDenied
        wanted = NewDraftSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        version = self._begun(wanted.validated_data)
        return self.created(
            version, reverse("api-questionnaire-detail", args=[version.pk])
        )

    def _begun(self, given: dict[str, Any]) -> QuestionnaireVersion:
        by = self.request.user
        if "code" in given:
            return drafts.begin(code=given["code"], by=by)
        if "source" in given:
            return drafts.upload(source=given["source"], by=by)
        copied = self.get_queryset().filter(pk=given["copy_of"]).first()
        if copied is None:
            raise ValidationError({"copy_of": _("There is no such version.")})
        return drafts.copy(version=copied, by=by)

    @extend_schema(request=DraftSerializer)
    @transaction.atomic
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Save the text of a draft, readable or not."""
        version = self.read_for_author()
        wanted = DraftSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        given = wanted.validated_data
        saved = drafts.save(
            version=version,
            source=given.get("source", version.source),
            note=given.get("note"),
            by=request.user,
        )
        return self.shown(saved)

    @transaction.atomic
    def destroy(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Throw a draft away."""
        drafts.delete(version=self.read_for_author(), by=request.user)
        return Response(status=204)

    @extend_schema(parameters=[KIND], responses=FILES)
    def file(self, _request: ApiRequest, kind: str, **_kwargs: Any) -> HttpResponse:
        """Return a closed version as a file: our own format, spreadsheet, paper form."""
        version = get_object_or_404(versions(), pk=self.kwargs["pk"])
        if kind not in FORMATS:
            raise NotFound
        return download(file_of(version, kind))


class QuestionnaireStepViewSet(AuthorViewSet):
    """Looking at a version, and the steps of its life."""

    serializer_class = QuestionnaireDetailSerializer

    @extend_schema(parameters=[WITH], responses=DifferencesSerializer)
    def differences(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return what differs from another version: the one in force unless named.

        A version that is the only one has no base, and nothing differs.
        """
        version: QuestionnaireVersion = self.get_object()
        others = comparable(version, request.user)
        base = default_base(version, others)
        if asked := request.query_params.get("with"):
            base = others.filter(pk=_key(asked)).first()
            if base is None:
                raise ValidationError({"with": _("There is no such version.")})
        found = [told.change for told in told_changes(base, version)] if base else []
        shown = DifferencesSerializer({"base": base and base.pk, "changes": found})
        return etags.attach(ready(self, Response(shown.data)), request)

    @extend_schema(responses=FindingsSerializer)
    def findings(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return what the linter says of the saved text."""
        found = check_of(self.for_author())
        return etags.attach(ready(self, Response(_findings(found))), request)

    @extend_schema(request=SourceSerializer, responses=FindingsSerializer)
    def check(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return what the linter says of a text in its place; nothing is saved."""
        version = self.for_author()
        wanted = SourceSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        return Response(_findings(check_of(version, wanted.validated_data["source"])))

    @extend_schema(request=None)
    def send(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Hand a draft in for review."""
        version = self.for_author()
        at = timezone.now()
        return self.shown(draft_reviews.send(version=version, by=request.user, at=at))

    @extend_schema(request=None)
    def take_back(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Make a draft again of what was handed in."""
        version = self.for_author()
        return self.shown(draft_reviews.take_back(version=version, by=request.user))

    @extend_schema(request=ReturnSerializer)
    def send_back(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Return it to its author with a word on what is to change."""
        version = self.for_author()
        wanted = ReturnSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        note = wanted.validated_data["note"]
        returned = draft_reviews.send_back(version=version, note=note, by=request.user)
        return self.shown(returned)

    @extend_schema(request=PublishSerializer)
    @transaction.atomic
    def publish(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Close it for good and put it in force; the one before is retired."""
        version = self.read_for_author()
        wanted = PublishSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        done = publication.publish(
            version=version,
            by=request.user,
            at=timezone.now(),
            consent=Consent(
                warnings=said["warnings_read"], no_backtest=said["without_backtest"]
            ),
        )
        return self.shown(done)

    @extend_schema(request=None)
    def retire(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Take the version in force away without a successor."""
        version = self.for_author()
        return self.shown(publication.retire(version=version, by=request.user))


def _findings(found: Check) -> dict[str, Any]:
    shown = {"is_scorable": found.plan is not None, "findings": found.remarks}
    return dict(FindingsSerializer(shown).data)


def _key(asked: str) -> uuid.UUID:
    try:
        return uuid.UUID(asked)
    except ValueError as error:
        raise ValidationError({"with": _("Give the id of a version.")}) from error
