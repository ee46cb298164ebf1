"""Money: integer minor units in the database, decimal amounts for people."""

from decimal import Decimal

COMMON = ("EUR", "USD", "GBP", "CHF", "CNY", "JPY", "RUB", "INR")
"""Offered first."""
OTHERS = [
    "AED",
    "AMD",
    "ARS",
    "AUD",
    "AZN",
    "BDT",
    "BGN",
    "BHD",
    "BRL",
    "BYN",
    "CAD",
    "CLP",
    "COP",
    "CZK",
    "DKK",
    "EGP",
    "GEL",
    "HKD",
    "HUF",
    "IDR",
    "ILS",
    "ISK",
    "JOD",
    "KES",
    "KGS",
    "KRW",
    "KWD",
    "KZT",
    "MAD",
    "MDL",
    "MXN",
    "MYR",
    "NGN",
    "NOK",
    "NZD",
    "OMR",
    "PEN",
    "PHP",
    "PKR",
    "PLN",
    "QAR",
    "RON",
    "RSD",
    "SAR",
    "SEK",
    "SGD",
    "THB",
    "TJS",
    "TND",
    "TRY",
    "TWD",
    "UAH",
    "UZS",
    "VND",
    "XAF",
    "XOF",
    "ZAR",
]
CURRENCIES = (*COMMON, *OTHERS)
# ISO 4217 exponents that differ from two.
DIGITS = dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "VND", "XAF", "XOF"), 0)
DIGITS |= dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 3)
HIGHEST = Decimal(10) ** 14
"""Above any project's budget, and far inside 64 bits of minor units."""


def minor_of(amount: Decimal, currency: str) -> int:
    """Return minor units. Raises ValueError for a fraction of the smallest coin."""
    scaled = amount.scaleb(DIGITS.get(currency, 2))
    if scaled != scaled.to_integral_value():
        raise ValueError(amount)
    return int(scaled)


def amount_of(minor: int | None, currency: str) -> Decimal | None:
    """Return the amount with the currency's own number of decimals."""
    if minor is None:
        return None
    return Decimal(minor).scaleb(-DIGITS.get(currency, 2))
