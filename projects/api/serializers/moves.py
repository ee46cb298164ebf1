"""Histories of answers, and moves to a newer version, as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.choices import AnswerState
from riskbase.shared.api.serializers import Strict
from riskbase.shared.audit.models import AuditEvent


class SaidSerializer(serializers.Serializer[Any]):
    """What was said to a question at one moment."""

    state = serializers.ChoiceField(choices=AnswerState.choices)
    value = serializers.JSONField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    comment = serializers.CharField(allow_blank=True)
    evidence_url = serializers.CharField(allow_blank=True)


class AnswerEventSerializer(serializers.Serializer[AuditEvent]):
    """One change of one answer; `before` is null for the first."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    by = serializers.CharField(source="actor_name", allow_blank=True)
    question = serializers.SerializerMethodField()
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()

    @extend_schema_field(serializers.SlugField())
    def get_question(self, event: AuditEvent) -> str:
        return _question(event)

    @extend_schema_field(SaidSerializer(allow_null=True))
    def get_before(self, event: AuditEvent) -> Any:
        return (event.before or {}).get(_question(event))

    @extend_schema_field(SaidSerializer())
    def get_after(self, event: AuditEvent) -> Any:
        return (event.after or {})[_question(event)]


def _question(event: AuditEvent) -> str:
    """Return what the event is about: each is about one question."""
    return str(next(iter(event.after or {})))


class MoveSerializer(serializers.Serializer[Any]):
    """What a newer version takes of the answers: codes of questions."""

    version = serializers.UUIDField(help_text="The version in force.")
    number = serializers.IntegerField()
    carried = serializers.ListField(child=serializers.SlugField())
    again = serializers.ListField(
        child=serializers.SlugField(), help_text="To be answered again."
    )
    gone = serializers.ListField(child=serializers.SlugField())
    fresh = serializers.ListField(child=serializers.SlugField())


class MoveRequestSerializer(Strict, serializers.Serializer[Any]):
    """The version to move to, as the preview named it."""

    version = serializers.UUIDField()
