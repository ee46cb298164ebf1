"""Codings, timeline entries and follow-ups as JSON."""

from typing import Any

from rest_framework import serializers

from failures.choices import ActionState, CauseRole, Confidence, Stage
from failures.models import ActionItem, CauseCoding, Postmortem, TimelineEntry
from failures.permissions import can_see_causes
from failures.selectors.people import possible_owners
from riskbase.shared.api.serializers import Strict

LONGEST_TEXT = 20_000


class CodingSerializer(Strict, serializers.ModelSerializer[CauseCoding]):
    """A cause of a failure: role, confidence, evidence."""

    cause = serializers.SlugField(source="cause.slug", max_length=60)
    coder = serializers.CharField(
        source="coder.username", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = CauseCoding
        fields = [
            "id", "version", "cause", "role", "confidence", "mechanism", "evidence",
            "evidence_url", "evidence_file", "quote", "stage_detectable", "coder",
            "created_at",
        ]  # fmt: skip
        read_only_fields = ["version", "created_at"]
        extra_kwargs = {
            "mechanism": {"max_length": LONGEST_TEXT},
            "evidence": {"max_length": LONGEST_TEXT},
            "quote": {"max_length": LONGEST_TEXT},
        }


class JudgementSerializer(Strict, serializers.Serializer[Any]):
    """What may be corrected of a coding."""

    role = serializers.ChoiceField(choices=CauseRole.choices)
    confidence = serializers.ChoiceField(choices=Confidence.choices)
    mechanism = serializers.CharField(allow_blank=True, max_length=LONGEST_TEXT)
    evidence = serializers.CharField(allow_blank=True, max_length=LONGEST_TEXT)
    evidence_url = serializers.URLField(allow_blank=True, max_length=500)
    evidence_file = serializers.CharField(allow_blank=True, max_length=64)
    quote = serializers.CharField(allow_blank=True, max_length=LONGEST_TEXT)
    stage_detectable = serializers.ChoiceField(choices=Stage.choices, allow_blank=True)


class TimelineSerializer(Strict, serializers.ModelSerializer[TimelineEntry]):
    """A dated step."""

    class Meta:
        model = TimelineEntry
        fields = [
            "id", "version", "on", "kind", "text", "known_then", "evidence_url",
            "corrects", "correction_reason", "is_withdrawn", "created_at",
        ]  # fmt: skip
        read_only_fields = ["version", "corrects", "is_withdrawn", "created_at"]
        extra_kwargs = {
            "text": {"max_length": 2000},
            "known_then": {"max_length": 2000},
        }

    def to_representation(self, instance: TimelineEntry) -> dict[str, Any]:
        """Return the step; why it was corrected only with the wording before."""
        shown = super().to_representation(instance)
        return shown if self.context["in_full"] else {**shown, "correction_reason": ""}


class ActionSerializer(Strict, serializers.ModelSerializer[ActionItem]):
    """A follow-up; its state changes by `move`."""

    class Meta:
        model = ActionItem
        fields = [
            "id", "version", "text", "kind", "cause_slug", "owner", "due_on", "priority",
            "link", "success_check", "state", "refusal_reason", "verification",
            "verification_url", "verified_at",
        ]  # fmt: skip
        read_only_fields = [
            "version", "state", "refusal_reason", "verification", "verification_url",
            "verified_at",
        ]  # fmt: skip

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        postmortem: Postmortem | None = self.context.get("postmortem")
        if postmortem is not None:
            fields["owner"].queryset = possible_owners(postmortem)
            fields["cause_slug"].read_only = not self._told(postmortem)
        return fields

    def to_representation(self, instance: ActionItem) -> dict[str, Any]:
        """Return the follow-up, without its cause while that is sealed."""
        shown = super().to_representation(instance)
        if not self._told(instance.postmortem):
            shown["cause_slug"] = ""
        return shown

    def _told(self, postmortem: Postmortem) -> bool:
        request = self.context.get("request")
        return request is not None and can_see_causes(request.user, postmortem)


class FollowUpSerializer(ActionSerializer):
    """A follow-up with the record that it belongs to."""

    postmortem: Any = serializers.PrimaryKeyRelatedField(read_only=True)
    reference = serializers.CharField(source="postmortem.reference", read_only=True)

    class Meta(ActionSerializer.Meta):
        fields = [*ActionSerializer.Meta.fields, "postmortem", "reference"]


class MoveSerializer(Strict, serializers.Serializer[Any]):
    """Where a follow-up goes."""

    state = serializers.ChoiceField(choices=ActionState.choices)
    reason = serializers.CharField(max_length=400, required=False, allow_blank=True)
    verification = serializers.CharField(
        max_length=LONGEST_TEXT, required=False, allow_blank=True
    )
    verification_url = serializers.URLField(
        max_length=500, required=False, allow_blank=True
    )


class ReasonSerializer(Strict, serializers.Serializer[Any]):
    """Why a record goes back."""

    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)
