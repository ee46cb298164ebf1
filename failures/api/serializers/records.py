"""Post-mortems as JSON: facts, prose and measurements in one flat object."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.selectors import visible_units
from failures.api.serializers.parts import (
    LONGEST_TEXT,
    ActionSerializer,
    CodingSerializer,
)
from failures.choices import FIRST_DAY, LAST_DAY, Visibility
from failures.coding.amounts import AMOUNTS, COLUMN
from failures.coding.dates import DATES, ORDER, PRECISION, Dated, contradicting
from failures.models import (
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    Source,
    best_text,
)
from failures.models.amounts import AmountRefused, columns_of
from failures.models.stated import STATED
from riskbase.shared.api.serializers import Strict
from riskbase.shared.money import CURRENCIES, HIGHEST, amount_of

PROSE = [
    field.name
    for field in PostmortemText._meta.get_fields()
    if field.name not in {"id", "postmortem", "language", "search"}
]
MEASUREMENTS = [
    field.name
    for field in PostmortemDetail._meta.get_fields()
    if field.name != "postmortem"
]
LARGEST = 1e12
SHOWN_ONLY = (
    *("id", "reference", "version", "external_id", "origin", "unit", "author", "state"),
    *("quarter", "verification", "causes", "published_at", "created_at", "updated_at"),
    "text_language",
)


class FactsSerializer(serializers.ModelSerializer[Postmortem]):
    """The slim facts."""

    class Meta:
        model = Postmortem
        fields = list(STATED)


class ProseSerializer(serializers.ModelSerializer[PostmortemText]):
    """The prose of one language, Markdown but for the title."""

    class Meta:
        model = PostmortemText
        fields = PROSE
        extra_kwargs = {
            name: {"max_length": LONGEST_TEXT}
            for name in PROSE
            if name not in {"title", "organization"}
        }


class MeasurementsSerializer(serializers.ModelSerializer[PostmortemDetail]):
    """The measured details."""

    class Meta:
        model = PostmortemDetail
        fields = MEASUREMENTS
        extra_kwargs = {
            name: {"min_value": -LARGEST, "max_value": LARGEST}
            for name in (
                "target",
                "promised",
                "training",
                "test",
                "operation",
                "human_agreement",
            )
        } | {"plumbing_percent": {"max_value": 100}}


def all_fields() -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """Return the writable fields of the three parts, all optional."""
    fields: dict[str, Any] = {}
    for part in (FactsSerializer(), ProseSerializer(), MeasurementsSerializer()):
        fields |= part.get_fields()
    for field in fields.values():
        field.required = False
    return fields


class PostmortemWriteSerializer(Strict, serializers.Serializer[Any]):
    """What may be written; absent fields stay as they are."""

    passed_over = frozenset(SHOWN_ONLY)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields() | all_fields()
        for name in AMOUNTS:
            fields[name] = serializers.DecimalField(
                max_digits=18,
                decimal_places=3,
                min_value=Decimal(0),
                max_value=HIGHEST,
                allow_null=True,
                required=False,
            )
        fields["currency"] = serializers.ChoiceField(
            choices=[(code, code) for code in CURRENCIES],
            allow_blank=True,
            required=False,
        )
        fields["visibility"] = serializers.ChoiceField(
            choices=Visibility.choices, required=False
        )
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name in (*DATES, "met_offline_on"):
            day = attrs.get(name)
            if day is not None and not FIRST_DAY <= day <= LAST_DAY:
                raise serializers.ValidationError({name: _("Out of range.")})
        known = self._dates(attrs)
        if wrong := contradicting(known):
            raise serializers.ValidationError(
                dict.fromkeys(wrong, _("It cannot come before what must precede it."))
            )
        return self._with_columns(attrs)

    def _dates(self, attrs: dict[str, Any]) -> dict[str, Dated]:
        """Return the dates as they will stand, none where none of them changes."""
        names = {*ORDER, *(PRECISION[name] for name in ORDER)}
        if not names & attrs.keys():
            return {}
        held = self.context.get("record") or Postmortem()
        after = {name: attrs.get(name, getattr(held, name)) for name in names}
        return {
            name: (after[name], after[PRECISION[name]])
            for name in ORDER
            if after[name] is not None
        }

    def _with_columns(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Put minor units in the place of amounts; clearing one needs no currency."""
        amounts = {name: attrs.pop(name) for name in AMOUNTS if name in attrs}
        is_priced = any(amount is not None for amount in amounts.values())
        if not is_priced and not attrs.get("currency"):
            return {**attrs, **{COLUMN[name]: None for name in amounts}}
        try:
            held = self.context.get("record")
            currency = attrs.get("currency") or (held.currency if held else "")
            columns = columns_of(amounts, currency)
        except AmountRefused as refusal:
            raise serializers.ValidationError(
                {refusal.field: refusal.sentence}
            ) from refusal
        return attrs | columns


class PostmortemCreateSerializer(PostmortemWriteSerializer):
    """A new draft needs its unit."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        request = self.context.get("request")
        fields["unit"] = serializers.PrimaryKeyRelatedField(
            queryset=visible_units(request.user if request else AnonymousUser())
        )
        return fields


class SourceSerializer(serializers.ModelSerializer[Source]):
    """Where the facts of a case can be read."""

    class Meta:
        model = Source
        fields = ["publisher", "title", "year", "url"]


@extend_schema_field({"type": ["string", "null"], "format": "decimal"})
class AmountField(serializers.Field[Any, Any, Any, Any]):
    """One of AMOUNTS with the decimals of the record's currency."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, row: Postmortem) -> str | None:
        minor = getattr(row, COLUMN[str(self.field_name)])
        amount = amount_of(minor, row.currency)
        return None if amount is None else str(amount)


class PostmortemSerializer(serializers.ModelSerializer[Postmortem]):
    """A post-mortem; its prose in the caller's language, else the original."""

    unit: Any = serializers.PrimaryKeyRelatedField(read_only=True, allow_null=True)
    author = serializers.CharField(
        source="author.username", read_only=True, allow_null=True, default=None
    )
    causes = serializers.ListField(
        source="cause_slugs", child=serializers.SlugField(), read_only=True
    )
    cost = AmountField()
    spent = AmountField()
    wasted = AmountField()
    remediation = AmountField()
    opportunity = AmountField()
    text_language = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    measurements = serializers.SerializerMethodField()
    codings = CodingSerializer(many=True, read_only=True)
    actions = ActionSerializer(many=True, read_only=True)
    sources = SourceSerializer(many=True, read_only=True)

    class Meta:
        model = Postmortem
        fields = [
            "id", "reference", "version", "external_id", "origin", "unit", "author",
            "visibility", "state", *STATED, "quarter", *AMOUNTS, "currency", "verification",
            "causes", "published_at", "created_at", "updated_at", "text_language",
            "text", "measurements", "codings", "actions", "sources",
        ]  # fmt: skip
        read_only_fields = fields

    def _text(self, row: Postmortem) -> PostmortemText:
        return best_text(row.texts.all(), get_language() or "en", row.language)

    def get_text_language(self, row: Postmortem) -> str:
        return self._text(row).language

    @extend_schema_field(ProseSerializer)
    def get_text(self, row: Postmortem) -> Any:
        return ProseSerializer(self._text(row)).data

    @extend_schema_field(
        {"oneOf": [{"type": "object", "additionalProperties": True}, {"type": "null"}]}
    )
    def get_measurements(self, row: Postmortem) -> Any:
        detail = getattr(row, "detail", None)
        return MeasurementsSerializer(detail).data if detail else None
