"""Amounts and minor units."""

from decimal import Decimal

import pytest

from riskbase.shared.money import amount_of, minor_of


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("1234.5", "EUR", 123450), ("500", "JPY", 500), ("1.234", "KWD", 1234)],
)
def test_convert_there_and_back_by_the_digits_of_the_currency(amount, currency, minor):
    assert minor_of(Decimal(amount), currency) == minor
    assert amount_of(minor, currency) == Decimal(amount)


def test_refuse_a_fraction_of_the_smallest_coin():
    with pytest.raises(ValueError, match=r"0\.5"):
        minor_of(Decimal("0.5"), "JPY")


def test_keep_an_absent_amount_absent():
    assert amount_of(None, "") is None
