"""Sheets are fitted to other questions; the tally counts exactly, in constant size."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from projects.scoring import BLANK, Answer, plan_for, score_with
from projects.scoring.backtest import Tally, Verdict, fitted, verdict_of
from tests.projects.scoring.examples import (
    a_choice_question,
    an_impact_question,
    an_instrument,
    answered,
)

QUESTIONS = {"first": a_choice_question("first"), "second": a_choice_question("second")}


def said(value):
    return {"state": "answered", "value": value}


def verdict(tier="low", point="20.0", cause="alpha", gates=()):
    number = None if point is None else Decimal(point)
    return Verdict(tier, number, cause, frozenset(gates))


def test_answers_that_fit_are_kept():
    fit = fitted(QUESTIONS, {"first": said("best"), "second": {"state": "unknown"}})
    assert fit.sheet["first"] == Answer.answered("best")
    assert fit.sheet["second"] == Answer.unknown()
    assert fit.misfits == ()


def test_answers_that_do_not_fit_count_as_blank():
    fit = fitted(QUESTIONS, {"first": said("gone"), "dropped": said("best")})
    assert fit.sheet["first"] is BLANK
    assert fit.misfits == ("first", "dropped")


def test_verdict_is_what_the_score_says():
    instrument = an_instrument(a_choice_question("first"), an_impact_question("stakes"))
    plan = plan_for(instrument, {"alpha": "alpha"})
    risk = score_with(plan, answered(first="worst", stakes="worst"))
    assert verdict_of(risk) == Verdict("critical", Decimal("100.0"), "alpha")
    nothing = verdict_of(score_with(plan, answered()))
    assert nothing.tier == ""


def test_tiers_and_binding_causes_are_cross_counted():
    tally = Tally()
    tally.add(verdict("low"), verdict("high", cause="beta"))
    tally.add(verdict("low"), verdict("low"))
    counts = tally.to_json()
    assert counts["tiers"] == [
        {"before": "low", "after": "high", "count": 1},
        {"before": "low", "after": "low", "count": 1},
    ]
    assert counts["changed"] == 1
    assert counts["causes"] == [{"before": "alpha", "after": "beta", "count": 1}]


def test_gates_are_newly_fired_no_longer_or_still():
    tally = Tally()
    tally.add(verdict(gates=["a", "b"]), verdict(gates=["b", "c"]))
    assert tally.to_json()["gates"] == [
        {"code": "a", "newly": 0, "no_longer": 1, "still": 0},
        {"code": "b", "newly": 0, "no_longer": 0, "still": 1},
        {"code": "c", "newly": 1, "no_longer": 0, "still": 0},
    ]


def test_misfits_are_counted_by_question_and_by_sheet():
    tally = Tally()
    tally.add(verdict(), verdict(), ["first", "second"])
    tally.add(verdict(), verdict(), ["first"])
    tally.skip()
    counts = tally.to_json()
    assert counts["misfits"] == {"first": 2, "second": 1}
    assert counts["sheets_with_misfits"] == 2
    assert (counts["sheets"], counts["skipped"]) == (2, 1)


def test_nothing_to_compare_is_no_distribution():
    tally = Tally()
    tally.add(verdict(), verdict(point=None))
    assert tally.to_json()["difference"] is None


def test_no_difference_is_a_bar_of_its_own():
    tally = Tally()
    for point in ("20.0", "25.0", "25.1", "18.0"):
        tally.add(verdict(), verdict(point=point))
    assert tally.to_json()["difference"]["histogram"] == [
        {"from": -5, "to": 0, "count": 1},
        {"from": 0, "to": 0, "count": 1},
        {"from": 0, "to": 5, "count": 1},
        {"from": 5, "to": 10, "count": 1},
    ]


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=60))
def test_distribution_is_that_of_the_list(tenths):
    tally = Tally()
    for value in tenths:
        low, high = (-value, 0) if value < 0 else (0, value)
        tally.add(
            verdict(point=str(Decimal(low) / 10)),
            verdict(point=str(Decimal(high) / 10)),
        )
    found = tally.to_json()["difference"]
    assert found["n"] == len(tenths)
    mean = Fraction(sum(tenths), 10 * len(tenths))
    assert abs(Fraction(found["mean"]) - mean) <= Fraction(1, 200)
    ordered = sorted(tenths)
    for percent, shown in found["quantiles"].items():
        rank = -(-len(ordered) * int(percent) // 100)
        assert Fraction(shown) == Fraction(ordered[rank - 1], 10)
    assert sum(bar["count"] for bar in found["histogram"]) == len(tenths)
    for bar in found["histogram"]:
        low, high = bar["from"] * 10, bar["to"] * 10
        inside = [each for each in tenths if is_in(each, low, high)]
        assert len(inside) == bar["count"]


def is_in(value, low, high):
    """Whether a bar counts the value: the end nearer to nothing does not belong."""
    if low == high:
        return value == low
    return low < value <= high if low >= 0 else low <= value < high
