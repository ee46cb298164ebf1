"""Causes, practices and published base rates as JSON."""

from rest_framework import serializers

from failures.models import FailureCause, Practice, PublishedRate
from failures.selectors.expressions import CauseCount, Expression


class WordsField(serializers.DictField):
    """A text in every language of the product: `{"en": "…", "ru": "…", "zh-hans": "…"}`."""

    child = serializers.CharField()


class CauseSerializer(serializers.ModelSerializer[FailureCause]):
    """A node of the taxonomy release in force."""

    parent = serializers.SlugField(source="parent.slug", default=None, allow_null=True)  # type: ignore[assignment]
    title = WordsField()
    definition = WordsField()
    warning_signs = serializers.ListField(child=WordsField())
    checks = serializers.ListField(child=WordsField())
    mappings = serializers.DictField()
    release = serializers.CharField(source="release.label")

    class Meta:
        model = FailureCause
        fields = [
            "id", "slug", "parent", "position", "title", "definition", "stages",
            "warning_signs", "checks", "robustness_related", "is_extension",
            "leakage_category", "seeds", "literature", "mappings", "release",
        ]  # fmt: skip
        read_only_fields = fields


class PracticeSerializer(serializers.ModelSerializer[Practice]):
    """A catalog entry; `effect` is the share of a cause's score it removes."""

    title = WordsField()
    causes = serializers.ListField(
        source="cause_slugs", child=serializers.SlugField(), read_only=True
    )

    class Meta:
        model = Practice
        fields = [
            "id", "slug", "title", "kind", "effect", "effect_basis", "causes", "seeds",
            "is_retired",
        ]  # fmt: skip
        read_only_fields = fields


class RateSerializer(serializers.ModelSerializer[PublishedRate]):
    """A figure from the literature, with how far it can be trusted."""

    statement = WordsField()
    note = WordsField()
    unit = WordsField()
    cause = serializers.CharField(source="cause_slug")

    class Meta:
        model = PublishedRate
        fields = [
            "id", "slug", "position", "statement", "note", "value", "value_low",
            "value_high", "unit", "n", "year", "source", "url", "cause", "reliability",
            "verification", "seeds",
        ]  # fmt: skip
        read_only_fields = fields


class CauseCountSerializer(serializers.Serializer[CauseCount]):
    """Records in which a cause counts; parts of records where a cause was split."""

    release = serializers.IntegerField()
    cause = serializers.CharField()
    count = serializers.FloatField(min_value=0)


class ExpressionSerializer(serializers.Serializer[Expression]):
    """Counts of causes: `total` = all counts + `unmapped`."""

    release = serializers.IntegerField(allow_null=True)
    total = serializers.FloatField(min_value=0)
    unmapped = serializers.FloatField(
        min_value=0, help_text="Of causes that have no successor in the release."
    )
    unmapped_share = serializers.FloatField(allow_null=True, min_value=0, max_value=1)
    counts = CauseCountSerializer(many=True)
