"""Backtests as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.choices import Tier
from projects.models import Backtest, BacktestLine
from projects.selectors.backtests import SAME, SCOPES
from riskbase.shared.api.serializers import Strict
from riskbase.shared.jobs.models import JobState


class NewBacktestSerializer(Strict, serializers.Serializer[Any]):
    """Over which answers: of the same questionnaire, or of all."""

    scope = serializers.ChoiceField(choices=SCOPES, default=SAME)


class BacktestSerializer(serializers.Serializer[Backtest]):
    """A backtest and how far it is; `result` is null until it is done."""

    id = serializers.UUIDField()
    questionnaire_version = serializers.UUIDField(source="questionnaire_version_id")
    digest = serializers.CharField()
    state = serializers.SerializerMethodField()
    percent = serializers.SerializerMethodField()
    sheets = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    result = serializers.SerializerMethodField(
        help_text="Tier migrations, gates, causes and score differences."
    )

    @extend_schema_field(serializers.ChoiceField(choices=JobState.choices))
    def get_state(self, backtest: Backtest) -> str:
        if backtest.finished_at is not None:
            return JobState.DONE
        return backtest.job.state if backtest.job else JobState.DEAD

    def get_percent(self, backtest: Backtest) -> int:
        if backtest.finished_at is not None:
            return 100
        return backtest.job.percent if backtest.job else 0

    @extend_schema_field({"type": ["object", "null"], "additionalProperties": True})
    def get_result(self, backtest: Backtest) -> dict[str, Any] | None:
        return backtest.result


class BacktestLineSerializer(serializers.Serializer[BacktestLine]):
    """How one past assessment would have come out."""

    id = serializers.IntegerField()
    assessment = serializers.UUIDField(
        source="seen", allow_null=True, help_text="Null outside the caller's units."
    )
    before_tier = serializers.ChoiceField(choices=Tier.choices, allow_blank=True)
    after_tier = serializers.ChoiceField(choices=Tier.choices, allow_blank=True)
    before_point = serializers.DecimalField(
        max_digits=4, decimal_places=1, allow_null=True
    )
    after_point = serializers.DecimalField(
        max_digits=4, decimal_places=1, allow_null=True
    )
    gates = serializers.ListField(child=serializers.CharField())
