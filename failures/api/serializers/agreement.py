"""Agreement of coders and earlier versions as JSON."""

from typing import Any

from rest_framework import serializers

from failures.coding.agreement import Agreement
from failures.selectors.agreement import AgreementReport, CauseAgreement
from riskbase.shared.audit.models import AuditEvent


class CoefficientSerializer(serializers.Serializer[Agreement]):
    """A coefficient; without a value `reason` is too_few or no_variation."""

    value = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    reason = serializers.CharField(allow_blank=True)


class CauseAgreementSerializer(serializers.Serializer[CauseAgreement]):
    """One top-level cause."""

    cause = serializers.SlugField()
    share = serializers.FloatField(min_value=0, max_value=1)
    kappa = CoefficientSerializer()
    alpha = CoefficientSerializer()


class AgreementSerializer(serializers.Serializer[AgreementReport]):
    """How far first and second coders agree; the interval is of 95 percent."""

    records = serializers.IntegerField()
    alpha = CoefficientSerializer()
    interval = serializers.ListField(
        child=serializers.FloatField(), allow_null=True, min_length=2, max_length=2
    )
    by_cause = CauseAgreementSerializer(many=True)


class VersionSerializer(serializers.ModelSerializer[AuditEvent]):
    """A change of the text or the facts: the changed fields before and after."""

    actor = serializers.CharField(source="actor_name")
    before: Any = serializers.DictField(allow_null=True)
    after: Any = serializers.DictField(allow_null=True)

    class Meta:
        model = AuditEvent
        fields = ["id", "at", "actor", "before", "after"]
        read_only_fields = fields
