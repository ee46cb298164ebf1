"""What-if as JSON: scenarios, what they lead to, and what to do next."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.api.serializers.assessments import AnswerEntrySerializer
from projects.api.serializers.reviews import person
from projects.choices import Tier
from projects.instruments import Entry
from projects.models import Scenario
from projects.scoring.scenario import CauseChange, Comparison, Prospect
from projects.selectors.next_steps import Remedy, Telling, TellingQuestion
from projects.selectors.results import Scores
from projects.selectors.what_if import comparison_of, scores_of, tenths
from riskbase.shared.api.serializers import Strict

POINTS: Any = {"max_digits": 4, "decimal_places": 1}


class ScoresSerializer(serializers.Serializer[Scores]):
    """An interval of scores, 0 to 100."""

    low = serializers.DecimalField(**POINTS)
    point = serializers.DecimalField(**POINTS)
    high = serializers.DecimalField(**POINTS)


class ProspectSerializer(serializers.Serializer[Prospect]):
    """A result with the practices at work taken off; impact stays as it is."""

    tier = serializers.SerializerMethodField()
    provisional = serializers.BooleanField(source="risk.provisional")
    likelihood = serializers.SerializerMethodField()
    impact = serializers.SerializerMethodField()
    gates = serializers.SerializerMethodField(help_text="Codes of those that hold.")

    @extend_schema_field(
        serializers.ChoiceField(choices=Tier.choices, allow_blank=True)
    )
    def get_tier(self, one: Prospect) -> str:
        return one.outlook.tier.value if one.outlook.tier else ""

    @extend_schema_field(ScoresSerializer(allow_null=True))
    def get_likelihood(self, one: Prospect) -> Any:
        return _scores(scores_of(one.outlook.overall))

    @extend_schema_field(ScoresSerializer(allow_null=True))
    def get_impact(self, one: Prospect) -> Any:
        return _scores(scores_of(one.risk.impact.interval))

    @extend_schema_field(serializers.ListField(child=serializers.SlugField()))
    def get_gates(self, one: Prospect) -> list[str]:
        return [gate.code for gate in one.risk.gates.fired]


class CauseChangeSerializer(serializers.Serializer[CauseChange]):
    """What becomes of one top-level cause; null where it is not assessed."""

    cause = serializers.SlugField(source="slug")
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()
    change = serializers.SerializerMethodField(help_text="Points, negative is milder.")

    @extend_schema_field(ScoresSerializer(allow_null=True))
    def get_before(self, one: CauseChange) -> Any:
        return _scores(scores_of(one.current[0]))

    @extend_schema_field(ScoresSerializer(allow_null=True))
    def get_after(self, one: CauseChange) -> Any:
        return _scores(scores_of(one.current[1]))

    @extend_schema_field(serializers.DecimalField(**POINTS, allow_null=True))
    def get_change(self, one: CauseChange) -> str | None:
        change = tenths(one.current_change)
        return None if change is None else f"{change:.1f}"


class ComparisonSerializer(serializers.Serializer[Comparison]):
    """A what-if beside the result it starts from."""

    before = ProspectSerializer()
    after = ProspectSerializer()
    tier_change = serializers.IntegerField(
        allow_null=True, help_text="Tiers up; negative is milder."
    )
    causes = CauseChangeSerializer(many=True)
    opened = serializers.ListField(
        child=serializers.SlugField(),
        source="questions_opened",
        help_text="Questions that are asked only then.",
    )
    closed = serializers.ListField(
        child=serializers.SlugField(),
        source="questions_closed",
        help_text="Questions that are no longer asked then.",
    )


class WhatIfSerializer(Strict, serializers.Serializer[Any]):
    """Answers that differ from those given, and practices taken as working."""

    answers = serializers.DictField(
        child=AnswerEntrySerializer(), required=False, default=dict
    )
    practices = serializers.ListField(
        child=serializers.SlugField(max_length=80),
        required=False,
        default=list,
        max_length=200,
    )

    def entries_in(self, said: dict[str, Any]) -> dict[str, Entry]:
        """Return the validated answers."""
        return {code: Entry(**entry) for code, entry in said["answers"].items()}


class ScenarioSerializer(serializers.Serializer[Scenario]):
    """A saved what-if; `result` is computed anew from the newest run."""

    id = serializers.UUIDField()
    assessment = serializers.UUIDField(source="assessment_id")
    name = serializers.CharField()
    answers = serializers.DictField(child=serializers.JSONField())
    practices = serializers.ListField(child=serializers.SlugField())
    created_by = person("created_by")
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    result = serializers.SerializerMethodField()

    @extend_schema_field(ComparisonSerializer())
    def get_result(self, row: Scenario) -> Any:
        return ComparisonSerializer(comparison_of(self.context["ground"], row)).data


class NewScenarioSerializer(WhatIfSerializer):
    """A what-if under a name."""

    name = serializers.CharField(max_length=120)


class ScenarioChangeSerializer(WhatIfSerializer):
    """What is not sent stays as it is; answers are replaced as a whole."""

    name = serializers.CharField(max_length=120, required=False)


class RemedySerializer(serializers.Serializer[Remedy]):
    """The fewest changes that lower the tier; `found` is false where none does."""

    found = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField(help_text="By question code.")
    practices = serializers.SerializerMethodField()
    tier = serializers.SerializerMethodField(help_text="The tier after the changes.")
    is_exact = serializers.BooleanField()
    at_least = serializers.IntegerField(help_text="Fewer changes do not suffice.")

    def get_found(self, remedy: Remedy) -> bool:
        return remedy.column is not None

    @extend_schema_field(serializers.DictField(child=serializers.JSONField()))
    def get_answers(self, remedy: Remedy) -> dict[str, Any]:
        return {code: answer.to_json() for code, answer in remedy.answers.items()}

    @extend_schema_field(serializers.ListField(child=serializers.SlugField()))
    def get_practices(self, remedy: Remedy) -> list[str]:
        return [practice.slug for practice in remedy.practices]

    @extend_schema_field(
        serializers.ChoiceField(choices=Tier.choices, allow_blank=True)
    )
    def get_tier(self, remedy: Remedy) -> str:
        return remedy.column.tier if remedy.column else ""


class TellingQuestionSerializer(serializers.Serializer[TellingQuestion]):
    """An open question."""

    code = serializers.SlugField()
    section = serializers.SlugField()


class TellingSerializer(serializers.Serializer[Telling]):
    """Open questions to answer together; widths of the overall interval in points."""

    questions = TellingQuestionSerializer(many=True)
    before = serializers.DecimalField(**POINTS)
    expected = serializers.DecimalField(**POINTS)
    guaranteed = serializers.DecimalField(**POINTS)
    is_exact = serializers.BooleanField()


def _scores(scores: Scores | None) -> Any:
    return ScoresSerializer(scores).data if scores else None
