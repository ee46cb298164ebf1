"""Reviews, conversations and exceptions from gates as JSON."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.api.serializers.projects import PersonField
from projects.choices import (
    OVERRIDE_DECISIONS,
    OverrideState,
    ReviewVerdict,
    ThreadState,
)
from projects.models import Comment, GateOverride, SectionReview, Thread
from projects.selectors.gates import counts
from projects.services.proceedings import MAX_TEXT
from riskbase.shared.api.serializers import Strict


def person(source: str) -> Any:
    """Return a read-only user name, null where the account is gone."""
    return serializers.CharField(
        source=f"{source}.username", read_only=True, default=None, allow_null=True
    )


@extend_schema_field(OpenApiTypes.STR)
class ReviewerField(PersonField):
    """A reviewer by user name."""


class SectionReviewSerializer(Strict, serializers.Serializer[SectionReview]):
    """A reviewer asked about a section; an empty section is all of it."""

    id = serializers.UUIDField(read_only=True)
    assessment = serializers.UUIDField(source="assessment_id", read_only=True)
    section = serializers.SlugField(
        max_length=60, required=False, allow_blank=True, default=""
    )
    reviewer = ReviewerField()
    verdict = serializers.ChoiceField(choices=ReviewVerdict.choices, read_only=True)
    note = serializers.CharField(read_only=True)
    asked_by = person("asked_by")
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)
    version = serializers.IntegerField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class VerdictSerializer(Strict, serializers.Serializer[Any]):
    """What the reviewer says; changes need a note."""

    verdict = serializers.ChoiceField(choices=ReviewVerdict.choices)
    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=MAX_TEXT
    )


class CommentSerializer(Strict, serializers.Serializer[Comment]):
    """One thing said; it is never changed."""

    id = serializers.UUIDField(read_only=True)
    author = person("author")
    text = serializers.CharField(max_length=MAX_TEXT)
    created_at = serializers.DateTimeField(read_only=True)


class ThreadSerializer(serializers.Serializer[Thread]):
    """A conversation about a question; one that asks for a change blocks approval."""

    id = serializers.UUIDField()
    assessment = serializers.UUIDField(source="assessment_id")
    question = serializers.SlugField()
    asks_change = serializers.BooleanField()
    state = serializers.ChoiceField(choices=ThreadState.choices)
    opened_by = person("opened_by")
    resolved_by = person("resolved_by")
    resolved_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    comments = CommentSerializer(many=True)


class NewThreadSerializer(Strict, serializers.Serializer[Any]):
    """The first comment on a question."""

    question = serializers.SlugField(max_length=60)
    text = serializers.CharField(max_length=MAX_TEXT)
    asks_change = serializers.BooleanField(required=False, default=False)


class ThreadChangeSerializer(Strict, serializers.Serializer[Any]):
    """Resolve or reopen, ask for a change or no longer."""

    state = serializers.ChoiceField(choices=ThreadState.choices, required=False)
    asks_change = serializers.BooleanField(required=False)


class OverrideSerializer(Strict, serializers.Serializer[GateOverride]):
    """An exception from a gate; it counts while approved and not expired."""

    id = serializers.UUIDField(read_only=True)
    assessment = serializers.UUIDField(source="assessment_id", read_only=True)
    gate = serializers.SlugField(max_length=60)
    reason = serializers.CharField(max_length=MAX_TEXT)
    expires_on = serializers.DateField()
    state = serializers.ChoiceField(choices=OverrideState.choices, read_only=True)
    counts = serializers.SerializerMethodField()
    requested_by = person("requested_by")
    decided_by = person("decided_by")
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)
    decision_note = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)

    def get_counts(self, row: GateOverride) -> bool:
        return counts(row, timezone.localdate())


class OverrideChangeSerializer(Strict, serializers.Serializer[Any]):
    """The decision on an exception."""

    state = serializers.ChoiceField(choices=OVERRIDE_DECISIONS)
    decision_note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=MAX_TEXT
    )


class DecisionSerializer(Strict, serializers.Serializer[Any]):
    """The note on an approval."""

    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=MAX_TEXT
    )


class RejectionSerializer(Strict, serializers.Serializer[Any]):
    """Why it is rejected."""

    note = serializers.CharField(max_length=MAX_TEXT)


class ChangesSerializer(Strict, serializers.Serializer[Any]):
    """A first question whose answer should change; both, or neither."""

    question = serializers.SlugField(max_length=60, required=False, default="")
    text = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=MAX_TEXT
    )
