"""Values are compared as loosely as SurveyJS compares them."""

from fractions import Fraction

import pytest

from projects.scoring.surveyjs.nodes import Relation
from projects.scoring.surveyjs.values import (
    contains,
    ordered,
    same,
    scalar_of,
    text_of,
)

ONE = Fraction(1)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("a", "A ", True),
        ("a", "b", False),
        ("1", ONE, True),
        ("1.50", Fraction(3, 2), True),
        ("01", ONE, False),
        (True, "TRUE", True),
        (True, ONE, False),
        ("", False, False),
    ],
)
def test_same(one, other, equal):
    assert same(one, other) is equal
    assert same(other, one) is equal


def test_order_is_that_of_numbers_or_of_texts():
    assert ordered("10", Fraction(9), Relation.MORE)
    assert ordered("b", "a", Relation.AT_LEAST)
    assert ordered("A", "a", Relation.AT_MOST)
    assert not ordered("a", ONE, Relation.MORE)
    assert not ordered("a", ONE, Relation.LESS)
    assert not ordered(True, ONE, Relation.LESS)


def test_contains_is_about_parts_of_a_text():
    assert contains("item10-3", "ITEM1")
    assert contains("a,b", ("a", "b"))
    assert not contains("a", "")
    assert contains(Fraction(25, 2), ".5")


def test_a_value_of_json_is_kept_exactly():
    assert scalar_of(0.1) == Fraction(1, 10)
    assert scalar_of(True) is True
    assert scalar_of({}) is None
    assert text_of(Fraction(1, 10)) == "0.1"
    assert text_of(Fraction(3)) == "3"
    assert text_of(False) == "false"
