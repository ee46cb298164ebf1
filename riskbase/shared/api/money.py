"""Money as `{"amount": "1234.50", "currency": "EUR"}`, two columns of a row."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from riskbase.shared.money import CURRENCIES, HIGHEST, amount_of, minor_of


@extend_schema_field(
    {
        "type": ["object", "null"],
        "required": ["amount", "currency"],
        "properties": {
            "amount": {
                "type": "string",
                "pattern": r"^\d{1,14}(\.\d{1,3})?$",
                "description": "Decimal number; no more digits than the currency has.",
            },
            "currency": {"type": "string", "enum": list(CURRENCIES)},
        },
        "example": {"amount": "180000.00", "currency": "EUR"},
    }
)
class MoneyField(serializers.Field[Any, Any, Any, Any]):
    """A pair of columns, minor units and currency; null is no sum at all."""

    default_error_messages = {
        "shape": _("Give an object with amount and currency, or null."),
        "amount": _("Give the amount as a decimal string that is not negative."),
        "currency": _("This currency is not offered."),
        "coins": _("This currency has no such small coins."),
    }

    def __init__(
        self, *, minor: str, currency: str = "currency", **options: Any
    ) -> None:
        options |= {"source": "*", "allow_null": True, "required": False}
        super().__init__(**options)
        self.minor, self.currency = minor, currency

    def to_representation(self, row: Any) -> dict[str, str] | None:
        currency = getattr(row, self.currency)
        amount = amount_of(getattr(row, self.minor), currency)
        if amount is None:
            return None
        return {"amount": f"{amount:f}", "currency": currency}

    def to_internal_value(self, value: Any) -> dict[str, Any]:
        if value is None:
            return {self.minor: None, self.currency: ""}
        if not isinstance(value, dict) or set(value) != {"amount", "currency"}:
            self.fail("shape")
        if value["currency"] not in CURRENCIES:
            self.fail("currency")
        try:
            minor = minor_of(self._amount(value["amount"]), value["currency"])
        except ValueError:
            self.fail("coins")
        return {self.minor: minor, self.currency: value["currency"]}

    def _amount(self, text: Any) -> Decimal:
        try:
            amount = Decimal(text) if isinstance(text, str) else Decimal("NaN")
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount <= HIGHEST:
            self.fail("amount")
        return amount
