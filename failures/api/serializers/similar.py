"""Similar post-mortems as JSON, with the reasons."""

from rest_framework import serializers

from failures.selectors.similar import Reason, Similar
from failures.taxonomy.likeness import WEIGHTS


class ReasonSharedSerializer(serializers.Serializer[Reason]):
    """What both have: `words` in the caller's language; shares add up to 1."""

    kind = serializers.ChoiceField(choices=list(WEIGHTS))
    words = serializers.ListField(child=serializers.CharField())
    share = serializers.FloatField(min_value=0, max_value=1)


class SimilarSerializer(serializers.Serializer[Similar]):
    """A record like the one asked about; `value` is 0 to 1."""

    id = serializers.UUIDField(source="postmortem.pk")
    reference = serializers.CharField(source="postmortem.reference")
    title = serializers.CharField(source="text.title", allow_blank=True)
    value = serializers.FloatField(min_value=0, max_value=1)
    reasons = ReasonSharedSerializer(many=True)
    is_confirmed = serializers.BooleanField()
