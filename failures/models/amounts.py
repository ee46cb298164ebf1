"""Amounts of money of a record, as people give them and as the columns hold them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from failures.coding.amounts import AMOUNTS, COLUMN
from failures.models.postmortem import Postmortem
from riskbase.shared.money import amount_of, minor_of

SENTENCES = {
    "cost_currency": _("Give both the cost and its currency."),
    "cost_decimals": _("Too many decimals for this currency."),
    "cost_wasted": _("More cannot be wasted than was spent."),
    "cost_all_anew": _("Give all amounts anew when their currency changes."),
}


class AmountRefused(ValueError):
    """Amounts that do not go together; `code` is one of SENTENCES."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field = field
        self.code = code

    @property
    def sentence(self) -> Any:
        return SENTENCES[self.code]


def columns_of(amounts: Mapping[str, Decimal | None], currency: str) -> dict[str, Any]:
    """Return the columns of those of AMOUNTS that are given, and the currency's.

    Raises AmountRefused.
    """
    given = {name: amount for name, amount in amounts.items() if amount is not None}
    if given and not currency:
        raise AmountRefused("currency", "cost_currency")
    if currency and not given:
        raise AmountRefused("cost", "cost_currency")
    columns: dict[str, Any] = dict.fromkeys((COLUMN[name] for name in amounts), None)
    for name, amount in given.items():
        try:
            columns[COLUMN[name]] = minor_of(amount, currency)
        except ValueError as error:
            raise AmountRefused(name, "cost_decimals") from error
    check_wasted(columns)
    return {**columns, "currency": currency}


def label_of(name: str) -> Any:
    """Return how one of AMOUNTS is called."""
    field: Any = Postmortem._meta.get_field(COLUMN[name])
    return field.verbose_name


def check_wasted(columns: Mapping[str, Any]) -> None:
    """Raise AmountRefused if more was wasted than spent."""
    spent, wasted = columns.get("spent_minor"), columns.get("wasted_minor")
    if spent is not None and wasted is not None and wasted > spent:
        raise AmountRefused("wasted", "cost_wasted")


def amounts_of(record: Postmortem) -> dict[str, Decimal | None]:
    """Return each of AMOUNTS with the currency's own number of decimals."""
    return {
        name: amount_of(getattr(record, COLUMN[name]), record.currency)
        for name in AMOUNTS
    }
