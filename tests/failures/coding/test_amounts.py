import pytest
from hypothesis import given
from hypothesis import strategies as st

from failures.coding.amounts import AMOUNTS, COLUMN, LOST, PARTS, loss

MINOR = st.none() | st.integers(0, 10**14)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({}, None),
        ({"spent": 900}, None),
        ({"spent": 900, "wasted": 0}, 0),
        ({"spent": 900, "wasted": 300, "remediation": 50, "opportunity": 7}, 357),
        ({"cost": 100, "wasted": 300}, 100),
        ({"cost": 0, "wasted": 300}, 0),
    ],
)
def test_loss_is_what_is_stated_else_its_parts(amounts, expected):
    assert loss(amounts) == expected


@given(st.fixed_dictionaries(dict.fromkeys(PARTS, MINOR)))
def test_loss_never_counts_what_was_spent(parts):
    without = {**parts, "spent": None}
    assert loss(parts) == loss(without)
    known = [parts[name] for name in LOST if parts[name] is not None]
    assert loss(parts) == (sum(known) if known else None)


def test_each_amount_has_a_column():
    assert list(COLUMN) == list(AMOUNTS)
