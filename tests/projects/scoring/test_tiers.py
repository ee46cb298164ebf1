from fractions import Fraction
from itertools import pairwise

import pytest

from projects.scoring import RiskTier, band, tier_for


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (Fraction(0), 0),
        (Fraction(25), 0),
        (Fraction(2501, 100), 1),
        (Fraction(50), 1),
        (Fraction(50) + Fraction(1, 10**9), 2),
        (Fraction(75), 2),
        (Fraction(76), 3),
        (Fraction(100), 3),
    ],
)
def test_upper_limit_belongs_to_the_lower_band(score, expected):
    assert band(score) == expected


@pytest.mark.parametrize(
    ("likelihood", "row"),
    [
        (100, "moderate high critical critical"),
        (75, "moderate moderate high critical"),
        (50, "low moderate moderate high"),
        (25, "low low moderate moderate"),
    ],
)
def test_matrix_is_the_published_one(likelihood, row):
    impacts = (25, 50, 75, 100)
    tiers = [tier_for(Fraction(likelihood), Fraction(impact)) for impact in impacts]
    assert " ".join(tiers) == row


def test_tier_never_falls_as_either_score_rises():
    scores = [Fraction(n) for n in (10, 30, 60, 90)]
    for low, high in pairwise(scores):
        for other in scores:
            assert tier_for(low, other).rank <= tier_for(high, other).rank
            assert tier_for(other, low).rank <= tier_for(other, high).rank


def test_rank_starts_at_the_mildest():
    assert [tier.rank for tier in RiskTier] == [0, 1, 2, 3]
