"""Proposed changes as JSON."""

from typing import Any

from rest_framework import serializers

from failures.choices import ProposalState
from failures.models import Proposal
from failures.services.proposals import LONGEST
from riskbase.shared.api.serializers import Strict


class ProposalSerializer(Strict, serializers.ModelSerializer[Proposal]):
    """A change that a lesson proposes.

    `target` is a practice's slug or `questionnaire:question`; empty asks for a new one.
    """

    postmortem: Any = serializers.PrimaryKeyRelatedField(read_only=True)
    author = serializers.CharField(
        source="author.username", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Proposal
        fields = [
            "id", "version", "postmortem", "kind", "target", "text", "author",
            "proposed_at", "state", "answer", "decided_at",
        ]  # fmt: skip
        read_only_fields = ["version", "proposed_at", "state", "answer", "decided_at"]
        extra_kwargs = {"text": {"max_length": LONGEST}}


class ProposalDecisionSerializer(Strict, serializers.Serializer[Any]):
    """What became of it; declining needs an answer."""

    state = serializers.ChoiceField(choices=ProposalState.choices)
    answer = serializers.CharField(
        max_length=LONGEST, required=False, allow_blank=True, default=""
    )
