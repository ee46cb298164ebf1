"""Two results of a project side by side, as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.api.serializers.scenarios import POINTS, ScoresSerializer
from projects.choices import Tier
from projects.models import ScoringRun
from projects.selectors.comparisons import AnsweredTwice, Contrast, Measure


class ComparedRunSerializer(serializers.Serializer[ScoringRun]):
    """One side."""

    assessment = serializers.UUIDField(source="assessment_id")
    run = serializers.UUIDField(source="pk")
    created_at = serializers.DateTimeField()
    tier = serializers.ChoiceField(choices=Tier.choices, allow_blank=True)
    provisional = serializers.BooleanField()
    completeness = serializers.DecimalField(max_digits=5, decimal_places=4)


class MeasureSerializer(serializers.Serializer[Measure]):
    """An interval on both sides; null where it was not assessed."""

    before = ScoresSerializer(allow_null=True)
    after = ScoresSerializer(allow_null=True)
    change = serializers.DecimalField(**POINTS, allow_null=True)


class CauseMeasureSerializer(MeasureSerializer):
    """A top-level cause on both sides."""

    cause = serializers.SlugField(source="code")


class AnsweredTwiceSerializer(serializers.Serializer[AnsweredTwice]):
    """A question on both sides, in words; empty where it was not asked at all."""

    question = serializers.SlugField(source="code")
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    is_changed = serializers.BooleanField()
    is_reworded = serializers.BooleanField()
    change = serializers.DecimalField(
        **POINTS,
        allow_null=True,
        help_text="Points added to the later binding cause, beyond the earlier ones.",
    )


class ContrastSerializer(serializers.Serializer[Contrast]):
    """Two frozen results; nothing is scored again."""

    before = ComparedRunSerializer()
    after = ComparedRunSerializer()
    likelihood = MeasureSerializer(source="overall")
    impact = MeasureSerializer()
    causes = CauseMeasureSerializer(many=True)
    answers = serializers.SerializerMethodField()

    @extend_schema_field(AnsweredTwiceSerializer(many=True))
    def get_answers(self, one: Contrast) -> list[dict[str, Any]]:
        asked: Any = [each for s in one.sections for each in s.questions]
        return list(AnsweredTwiceSerializer(asked, many=True).data)
