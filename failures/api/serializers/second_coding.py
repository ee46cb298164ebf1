"""The second coding of a record as JSON."""

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from accounts.models import User
from failures.api.serializers.parts import LONGEST_TEXT
from failures.choices import CauseRole, Confidence, Stage
from failures.selectors.people import possible_second_coders
from failures.selectors.second_coding import DoubleCoding
from riskbase.shared.api.serializers import Strict

if TYPE_CHECKING:
    from failures.models import Postmortem

MOST_JUDGEMENTS = 50


class KeptCauseSerializer(Strict, serializers.Serializer[Any]):
    """A cause, the part it played and how sure that is."""

    cause = serializers.SlugField(max_length=60)
    role = serializers.ChoiceField(choices=CauseRole.choices)
    confidence = serializers.ChoiceField(choices=Confidence.choices)


class BlindJudgementSerializer(KeptCauseSerializer):
    """What a coder says of a cause, with the evidence."""

    passed_over = frozenset({"coder"})

    mechanism = serializers.CharField(
        allow_blank=True, required=False, max_length=LONGEST_TEXT
    )
    evidence = serializers.CharField(
        allow_blank=True, required=False, max_length=LONGEST_TEXT
    )
    evidence_url = serializers.URLField(
        allow_blank=True, required=False, max_length=500
    )
    evidence_file = serializers.CharField(
        allow_blank=True, required=False, max_length=64
    )
    quote = serializers.CharField(
        allow_blank=True, required=False, max_length=LONGEST_TEXT
    )
    stage_detectable = serializers.ChoiceField(
        choices=Stage.choices, allow_blank=True, required=False
    )


class SecondCodingSerializer(serializers.Serializer[DoubleCoding]):
    """Where the two blind codings stand, as far as the caller may know.

    `own` is what the caller coded as the second coder; `first` and `judgements` are
    null until both have submitted.
    """

    version = serializers.IntegerField(
        source="second.version", read_only=True, default=0
    )
    is_needed = serializers.BooleanField(read_only=True)
    is_sealed = serializers.BooleanField(read_only=True)
    coder = serializers.CharField(
        source="second.coder.username", read_only=True, allow_null=True, default=None
    )
    first_submitted_at = serializers.DateTimeField(
        source="second.first_submitted_at",
        read_only=True,
        allow_null=True,
        default=None,
    )
    submitted_at = serializers.DateTimeField(
        source="second.submitted_at", read_only=True, allow_null=True, default=None
    )
    decided_at = serializers.DateTimeField(
        source="second.decided_at", read_only=True, allow_null=True, default=None
    )
    decided_by = serializers.CharField(
        source="second.decided_by.username",
        read_only=True,
        allow_null=True,
        default=None,
    )
    note = serializers.CharField(source="second.note", read_only=True, default="")
    share_agreed = serializers.FloatField(
        read_only=True, allow_null=True, min_value=0, max_value=1
    )
    own = BlindJudgementSerializer(many=True, read_only=True)
    first = BlindJudgementSerializer(many=True, read_only=True, allow_null=True)
    judgements = BlindJudgementSerializer(many=True, read_only=True, allow_null=True)
    decision = KeptCauseSerializer(many=True, read_only=True, allow_null=True)


class BlindCodingSerializer(Strict, serializers.Serializer[Any]):
    """The whole of what the second coder says."""

    judgements = BlindJudgementSerializer(many=True, max_length=MOST_JUDGEMENTS)  # type: ignore[call-arg]


class SecondCoderSerializer(Strict, serializers.Serializer[Any]):
    """Who is asked to code the record apart; null takes the invitation back."""

    coder: Any = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.none(), allow_null=True
    )

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        postmortem: Postmortem | None = self.context.get("postmortem")
        if postmortem is not None:
            fields["coder"].queryset = possible_second_coders(postmortem)
        return fields


class AdjudicationSerializer(Strict, serializers.Serializer[Any]):
    """What is kept of both codings, and why."""

    kept = KeptCauseSerializer(many=True, max_length=2 * MOST_JUDGEMENTS)  # type: ignore[call-arg]
    note = serializers.CharField(max_length=LONGEST_TEXT)
