from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import contributions, rounded, score
from tests.projects.scoring.examples import a_choice_question, an_instrument, answered
from tests.projects.scoring.strategies import CAUSES

THREE = an_instrument(*(a_choice_question(code) for code in ("one", "two", "three")))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.fractions(0, 100, max_denominator=900), max_size=12))
def test_rounded_parts_add_up_to_the_rounded_sum(shares):
    parts = rounded(shares)
    assert sum(parts) == Decimal(round(sum(shares, Fraction()) * 10)) / 10
    for share, part in zip(shares, parts, strict=True):
        assert abs(Fraction(part) - share) < Fraction(1, 10)
        assert share or not part


def test_rounded_gives_the_missing_tenth_to_the_largest_rest():
    third = Fraction(100, 3)
    assert rounded([third] * 3) == (Decimal("33.4"), Decimal("33.3"), Decimal("33.3"))
    assert rounded([Fraction(1, 100), Fraction(9, 100)]) == (0, Decimal("0.1"))


def test_contributions_explain_the_score_by_hand():
    risk = score(THREE, answered(one="worst", two="best", three="worst"), CAUSES)
    lines = contributions(risk.cause("alpha"))
    assert [line.question for line in lines] == ["one", "two", "three"]
    assert [line.share for line in lines] == [Fraction(100, 3), 0, Fraction(100, 3)]
    assert sum(line.shown for line in lines) == Decimal("66.7")


def test_floor_is_its_own_line():
    instrument = an_instrument(
        a_choice_question("fatal", weights={"alpha": 1}, floor=("alpha", 75)),
        a_choice_question("mild", weights={"alpha": 4}),
    )
    risk = score(instrument, answered(fatal="worst", mild="best"), CAUSES)
    fatal, mild, floor = contributions(risk.cause("alpha"))
    assert (fatal.share, mild.share, floor.share) == (20, 0, 55)
    assert floor.is_floor


def test_unassessed_cause_has_no_lines():
    assert contributions(score(THREE, answered(), CAUSES).cause("beta")) == ()
