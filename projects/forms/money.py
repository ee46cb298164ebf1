"""A sum and its currency, two fields that stand or fall together."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.base import DomainForm
from riskbase.shared.money import COMMON, HIGHEST, OTHERS, minor_of


def currency_choices() -> list[Any]:
    """Return the currencies, the common ones first."""
    return [
        ("", pgettext_lazy("currency", "None")),
        (_("Common"), [(code, code) for code in COMMON]),
        (_("Others"), [(code, code) for code in OTHERS]),
    ]


class MoneyForm(DomainForm):
    """Turns `amount` and `currency` into `minor` of the cleaned data."""

    amount = forms.DecimalField(
        required=False, min_value=Decimal(0), max_value=HIGHEST, decimal_places=3
    )
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=currency_choices
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        amount, currency = cleaned.get("amount"), cleaned.get("currency", "")
        cleaned["minor"] = None
        if self.has_error("amount") or self.has_error("currency"):
            return cleaned
        if (amount is None) != (not currency):
            missing = "amount" if amount is None else "currency"
            self.add_error(missing, _("Give both the amount and its currency."))
        elif amount is not None:
            try:
                cleaned["minor"] = minor_of(amount, currency)
            except ValueError:
                self.add_error("amount", _("This currency has no such small coins."))
        return cleaned

    def bound(self, names: tuple[str, ...]) -> Iterator[forms.BoundField]:
        """Yield the named fields that this form has."""
        return (self[name] for name in names if name in self.fields)


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let the named field choose among `rows`."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> Any:
    """Return a date with the browser's own picker."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
