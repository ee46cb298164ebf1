"""Proposed changes over the API."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from failures import permissions
from failures.api.serializers.proposals import (
    ProposalDecisionSerializer,
    ProposalSerializer,
)
from failures.choices import ProposalKind, ProposalState
from failures.models import Proposal
from failures.selectors.proposals import proposals
from failures.selectors.records import readable
from failures.services.proposals import decide, propose
from riskbase.shared.api.views import ApiViewSet
from riskbase.shared.requests import ApiRequest


class ProposalFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By kind, state and what it changes."""

    kind = django_filters.MultipleChoiceFilter(choices=ProposalKind.choices)
    state = django_filters.MultipleChoiceFilter(choices=ProposalState.choices)
    target = django_filters.CharFilter()

    class Meta:
        model = Proposal
        fields: list[str] = []


class ProposalViewSet(ApiViewSet):
    """What failures teach the next intake."""

    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter
    write_scopes = ("postmortems:write",)
    queryset = Proposal.objects.none()

    request: ApiRequest

    def get_queryset(self) -> QuerySet[Proposal]:
        rows = proposals(self.request.user)
        record = self.kwargs.get("postmortem")
        return rows.filter(postmortem=record) if record else rows

    def list(self, request: ApiRequest, **kwargs: Any) -> Response:
        if "postmortem" in kwargs:
            get_object_or_404(readable(request.user), pk=kwargs["postmortem"])
        return self.listed()

    def retrieve(self, _request: ApiRequest, **_kwargs: Any) -> Response:
        return self.shown(self.get_object())

    def create(self, request: ApiRequest, **kwargs: Any) -> Response:
        """Propose a change from what the record teaches."""
        row = get_object_or_404(readable(request.user), pk=kwargs["postmortem"])
        if not permissions.can_comment(request.user, row):
            raise PermissionDenied
        values = self.valid()
        made = propose(
            postmortem=row,
            kind=values["kind"],
            target=values.get("target", ""),
            text=values["text"],
            by=request.user,
        )
        return self.created(made)

    @extend_schema(request=ProposalDecisionSerializer, responses=ProposalSerializer)
    def decide(self, request: ApiRequest, **_kwargs: Any) -> Response:
        """Accept or decline it, or open it again."""
        row = self.get_object()
        if not permissions.can_decide(request.user):
            raise PermissionDenied
        serializer = ProposalDecisionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        decided = decide(
            proposal=row,
            by=request.user,
            at=timezone.now(),
            **serializer.validated_data,
        )
        return self.shown(decided)
