"""The limits under which a milder tier begins."""

from itertools import product

import pytest

from projects.scoring.goals import goals_below
from projects.scoring.tiers import RiskTier, tier_for


@pytest.mark.parametrize("tier", list(RiskTier))
def test_goals_hold_exactly_where_the_tier_is_milder(tier):
    goals = list(goals_below(tier, provisional=False))
    for likelihood, impact in product(range(0, 101, 5), repeat=2):
        meets = any(
            (goal.likelihood is None or likelihood <= goal.likelihood)
            and (goal.impact is None or impact <= goal.impact)
            for goal in goals
        )
        assert meets == (tier_for(likelihood, impact).rank < tier.rank)


def test_provisional_tier_may_be_met_by_the_high_bounds_too():
    at_high = [goal.at_high for goal in goals_below(RiskTier.HIGH, provisional=True)]
    assert at_high == [False, True] * (len(at_high) // 2)


def test_nothing_is_milder_than_low():
    assert list(goals_below(RiskTier.LOW, provisional=True)) == []
