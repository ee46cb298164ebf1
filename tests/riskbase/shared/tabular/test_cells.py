import datetime as dt
from decimal import Decimal

import pytest

from riskbase.shared.tabular import CellRefused, Column, Kind
from riskbase.shared.tabular.cells import converted

DAY = dt.date(2026, 3, 31)
CHOICES = {"high": "High", "near_miss": "Near miss"}


def read(kind, value, **options):
    return converted(value, Column("c", kind, "C", **options))


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        (Kind.TEXT, "  two\r\nlines ", "two\nlines"),
        (Kind.TEXT, 12, "12"),
        (Kind.TEXT, DAY, "2026-03-31"),
        (Kind.INTEGER, "1 000", 1000),
        (Kind.INTEGER, "1\u202f000", 1000),
        (Kind.INTEGER, 12, 12),
        (Kind.INTEGER, "12.0", 12),
        (Kind.DECIMAL, "0,25", Decimal("0.25")),
        (Kind.DECIMAL, "-3.5", Decimal("-3.5")),
        (Kind.DECIMAL, 0.1, Decimal("0.1")),
        (Kind.BOOLEAN, "Да", True),
        (Kind.BOOLEAN, "否", False),
        (Kind.BOOLEAN, True, True),
        (Kind.BOOLEAN, 0, False),
        (Kind.DATE, "2026-03-31", DAY),
        (Kind.DATE, "31.3.2026", DAY),
        (Kind.DATE, "31/03/2026", DAY),
        (Kind.DATE, "03/31/2026", DAY),
        (Kind.DATE, "2026-03-31T10:30:00Z", DAY),
        (Kind.DATE, dt.datetime(2026, 3, 31, 8, tzinfo=dt.UTC), DAY),
        (Kind.DATE, "05/05/2026", dt.date(2026, 5, 5)),
        (Kind.URL, "https://example.org/a?b=c", "https://example.org/a?b=c"),
        (Kind.CHOICE, "HIGH", "high"),
        (Kind.CHOICE, "Near miss", "near_miss"),
        (Kind.CHOICE, "near-miss", "near_miss"),
        (Kind.JSON, '[{"a": 1}]', [{"a": 1}]),
        (Kind.JSON, [1], [1]),
        (Kind.JSON, "leakage; drift\nlabels", ["leakage", "drift", "labels"]),
    ],
)
def test_what_people_write_is_read(kind, value, wanted):
    assert read(kind, value, choices=CHOICES) == wanted


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (Kind.TEXT, ["a"], "not_text"),
        (Kind.TEXT, "x" * 31, "too_long"),
        (Kind.INTEGER, "twelve", "not_integer"),
        (Kind.INTEGER, "1.5", "not_integer"),
        (Kind.INTEGER, True, "not_integer"),
        (Kind.INTEGER, 101, "out_of_range"),
        (Kind.DECIMAL, "1,234", "not_decimal"),
        (Kind.DECIMAL, "inf", "not_finite"),
        (Kind.BOOLEAN, "maybe", "not_boolean"),
        (Kind.DATE, "03/04/2026", "ambiguous_date"),
        (Kind.DATE, "2026-02-30", "not_date"),
        (Kind.DATE, "soon", "not_date"),
        (Kind.DATE, 45000, "not_date"),
        (Kind.URL, "javascript:alert(1)", "not_url"),
        (Kind.URL, "example.org", "not_url"),
        (Kind.CHOICE, "dire", "not_choice"),
        (Kind.JSON, "[1", "not_json"),
        (Kind.JSON, 7, "not_json"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_code(kind, value, code):
    with pytest.raises(CellRefused) as refused:
        read(kind, value, choices=CHOICES, longest=30, most=Decimal(100))
    assert refused.value.code == code


def test_nothing_is_nothing_or_missing():
    for kind in Kind:
        assert read(kind, "  ") is None
        with pytest.raises(CellRefused):
            read(kind, None, is_required=True)
