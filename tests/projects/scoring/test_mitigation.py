"""What practices leave of a score."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from projects.scoring import plan_for, score_with
from projects.scoring.mitigation import addressed, residual, shares
from tests.projects.scoring.strategies import CAUSES, cases


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


PARTS = {"leakage": Decimal("0.25"), "lk-temporal": Decimal("0.75")}


def test_practice_against_the_cause_itself_acts_in_full():
    assert addressed("leakage", PARTS, ["leakage", "lk-temporal"]) == 1


def test_practice_against_a_sub_cause_acts_on_its_part():
    assert addressed("leakage", PARTS, ["lk-temporal"]) == Decimal("0.75")
    assert addressed("leakage", PARTS, ["data-cost"]) == 0


@given(cases())
def test_shares_of_a_cause_add_up_to_one_while_it_warns(case):
    plan = plan_for(case[0], CAUSES)
    risk = score_with(plan, case[1])
    for cause in risk.top_level:
        parts = shares(plan, cause)
        assert all(0 <= part <= 1 for part in parts.values())
        warns = any(term.weight * term.point for term in cause.terms)
        assert sum(parts.values()) == (1 if warns else 0)
