"""The API of conversations about questions."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from projects.api.serializers.reviews import (
    CommentSerializer,
    NewThreadSerializer,
    ThreadChangeSerializer,
    ThreadSerializer,
)
from projects.api.views.projects import READ, WRITE
from projects.api.views.reviews import visible_assessment
from projects.choices import ThreadState
from projects.models import Comment, Thread
from projects.permissions import can_discuss, can_judge, can_settle
from projects.selectors.reviews import comments_for, threads_for
from projects.services import threads
from riskbase.shared.api import etags
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


def threads_in(request: ApiRequest, assessment: uuid.UUID) -> QuerySet[Thread]:
    """Return the conversations of an assessment, or raise Http404 out of sight."""
    row = visible_assessment(request, assessment)
    return threads_for(request.user).filter(assessment=row)


class ThreadViewSet(ApiViewSet):
    """The conversations about the questions of one assessment."""

    serializer_class = ThreadSerializer
    read_scopes = READ
    write_scopes = WRITE
    queryset = Thread.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Thread]:
        return threads_in(self.request, self.kwargs["assessment"])

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    @extend_schema(request=NewThreadSerializer)
    def create(self, request: ApiRequest, assessment: uuid.UUID) -> Response:
        """Say a first thing; a reviewer may ask for a change with it."""
        row = visible_assessment(request, assessment)
        if not can_discuss(request.user, row):
            raise PermissionDenied
        wanted = NewThreadSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        if wanted.validated_data["asks_change"] and not can_judge(request.user, row):
            raise PermissionDenied
        thread = threads.open_thread(
            assessment=row, by=request.user, **wanted.validated_data
        )
        address = reverse("api-assessment-thread-detail", args=[row.pk, thread.pk])
        return self.created(thread, address)

    @extend_schema(request=ThreadChangeSerializer)
    def partial_update(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Resolve or reopen it, ask for a change or no longer."""
        row = self.get_object()
        if not can_settle(request.user, row):
            raise PermissionDenied
        wanted = ThreadChangeSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        given = wanted.validated_data
        if "asks_change" in given and not can_judge(request.user, row.assessment):
            raise PermissionDenied
        etags.require_match(request, row)
        with transaction.atomic():
            _change(row, given, request)
        return self.shown(self.get_object())


def _change(row: Thread, given: dict[str, Any], request: ApiRequest) -> None:
    version: int = row.version
    common: dict[str, Any] = {"thread": row, "by": request.user}
    if given.get("state") == ThreadState.OPEN:
        version = threads.reopen(expected_version=version, **common).version
    if "asks_change" in given:
        version = threads.ask_change(
            wanted=given["asks_change"], expected_version=version, **common
        ).version
    if given.get("state") == ThreadState.RESOLVED:
        threads.resolve(at=timezone.now(), expected_version=version, **common)


class CommentViewSet(ApiViewSet):
    """What was said in one conversation."""

    serializer_class = CommentSerializer
    read_scopes = READ
    write_scopes = WRITE
    queryset = Comment.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Comment]:
        return comments_for(self.request.user, self._thread())

    def list(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.listed()

    def create(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Say something more."""
        thread = self._thread()
        if not can_discuss(request.user, thread.assessment):
            raise PermissionDenied
        said = threads.comment(thread=thread, by=request.user, **self.valid())
        return self.created(said)

    def _thread(self) -> Thread:
        rows = threads_in(self.request, self.kwargs["assessment"])
        return get_object_or_404(rows, pk=self.kwargs["thread"])
