"""What practices leave of a score."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from projects.scoring.mitigation import residual


def test_leave_the_score_alone_without_practices():
    assert residual(Decimal("72.4"), []) == Decimal("72.4")


def test_multiply_what_each_practice_leaves():
    assert residual(Decimal(80), [Decimal("0.4"), Decimal("0.25")]) == Decimal("36.0")


def test_round_to_a_tenth():
    assert residual(Decimal("33.3"), [Decimal("0.15")]) == Decimal("28.3")


def test_never_remove_the_risk_whole():
    assert residual(Decimal(100), [Decimal("0.6")] * 3) == Decimal("6.4")


@given(
    point=st.decimals(0, 100, places=1),
    effects=st.lists(st.decimals(0, Decimal("0.60"), places=2), max_size=6),
)
def test_more_practices_never_raise_the_risk(point, effects):
    left = residual(point, effects)
    assert 0 <= left <= point
    assert residual(point, effects[:-1]) >= left
