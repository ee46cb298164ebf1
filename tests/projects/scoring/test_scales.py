"""Adjustments and bands at their very limits."""

from fractions import Fraction

import pytest

from projects.scoring import instrument_from_document
from tests.projects.scoring.points_example import a_points_document

RULES = instrument_from_document(a_points_document()).rules


@pytest.mark.parametrize(
    ("share", "band"),
    [("0", "one"), ("1/4", "one"), ("26/100", "two"), ("3/4", "three"), ("1", "four")],
)
def test_a_limit_belongs_to_the_band_below_it(share, band):
    assert RULES.band(Fraction(share)).code == band


@pytest.mark.parametrize(
    ("care", "total"), [("7.99", 10), ("8", 9), ("10", 9)], ids=str
)
def test_the_total_is_rounded_half_up_from_the_threshold_on(care, total):
    points = {"impact": Fraction(10), "care": Fraction(care)}
    reach = {"impact": Fraction(20), "care": Fraction(10)}
    assert RULES.adjusted(Fraction(10), points, reach) == total


def test_a_scale_is_found_by_its_code():
    assert RULES.scale("care").alternatives == 2
    assert RULES.scale("nothing") is None
