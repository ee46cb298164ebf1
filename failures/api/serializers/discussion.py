"""Comments, verdicts on likeness, completeness and facets as JSON."""

from typing import Any

from rest_framework import serializers

from failures.choices import Likeness
from failures.models import RecordComment
from failures.selectors.completeness import Completeness, Missing
from failures.selectors.facets import FACETS, FacetValue
from failures.services.comments import LONGEST
from riskbase.shared.api.serializers import Strict


class RecordCommentSerializer(Strict, serializers.ModelSerializer[RecordComment]):
    """A remark on a record."""

    author = serializers.CharField(
        source="author.username", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = RecordComment
        fields = ["id", "author", "text", "created_at"]
        read_only_fields = ["created_at"]
        extra_kwargs = {"text": {"max_length": LONGEST}}


class LikenessSerializer(Strict, serializers.Serializer[Any]):
    """Whether two records are alike; empty takes the verdict back."""

    verdict = serializers.ChoiceField(choices=Likeness.choices, allow_blank=True)


class MissingSerializer(serializers.Serializer[Missing]):
    """Something the record does not tell yet, in the caller's language."""

    code = serializers.CharField()
    label: Any = serializers.CharField()


class CompletenessSerializer(serializers.Serializer[Completeness]):
    """How much is told: publication waits for `missing`, others would like `wishes`."""

    share = serializers.FloatField(min_value=0, max_value=1)
    missing = MissingSerializer(many=True)
    wishes = MissingSerializer(many=True)


class FacetValueSerializer(serializers.Serializer[FacetValue]):
    """A value to filter by, and how many records have it."""

    value = serializers.CharField()
    label: Any = serializers.CharField()
    count = serializers.IntegerField(min_value=1)


class FacetsSerializer(serializers.Serializer[Any]):
    """What the filters of the list would find next."""

    def get_fields(self) -> dict[str, Any]:
        return {name: FacetValueSerializer(many=True) for name in FACETS}
