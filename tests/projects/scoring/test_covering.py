"""The search for the best small set that meets a list of demands."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring.covering import Covering, Demand, Found, SearchCut, sum_of


@dataclass(frozen=True)
class Item:
    target: tuple[str, str]
    cost: int


def meets(demand, indices):
    level = demand.level - sum(
        demand.gains[index] for index in indices if index not in demand.factors
    )
    factors = [demand.factors[index] for index in indices if index in demand.factors]
    return level * prod(factors, start=Fraction(1)) <= demand.ceiling


@st.composite
def searches(draw):
    count = draw(st.integers(1, 7))
    names = st.sampled_from("abcde")
    items = [
        Item(("question", draw(names)), draw(st.integers(1, 3))) for _ in range(count)
    ]
    demands = []
    for _ in range(draw(st.integers(1, 3))):
        level = draw(st.integers(0, 20))
        factors = {
            index: Fraction(draw(st.integers(1, 4)), 4)
            for index in range(count)
            if draw(st.integers(0, 3)) == 0
        }
        gains = [
            draw(st.integers(0, 10)) if index not in factors else level
            for index in range(count)
        ]
        demands.append(Demand(level, draw(st.integers(0, 10)), gains, factors))
    return items, demands


@settings(max_examples=200, deadline=None)
@given(searches(), st.integers(1, 4))
def test_search_finds_the_cheapest_set_that_meets_all_demands(search, size):
    items, demands = search
    good = [
        (sum(items[index].cost for index in indices), indices)
        for indices in combinations(range(len(items)), size)
        if len({items[index].target for index in indices}) == size
        and all(meets(demand, indices) for demand in demands)
    ]
    found = Found(limit=100_000)
    test = lambda indices: all(meets(demand, indices) for demand in demands)  # noqa: E731
    Covering(items, demands, test, found, range(len(items))).run((), size)
    assert found.indices == (min(good)[1] if good else None)


def test_search_says_when_it_is_cut():
    items = [Item(("question", str(n)), 1) for n in range(12)]
    demands = [Demand(30, 0, [1] * 11 + [30])]
    with pytest.raises(SearchCut):
        Covering(items, demands, bool, Found(limit=3), range(12)).run((), 6)


def test_demands_together_need_more_than_each_alone():
    one = Demand(2, 0, [2, 0])
    other = Demand(2, 0, [0, 2])
    items = [Item(("question", name), 1) for name in "ab"]
    together = sum_of([one, other], range(2))
    covering = Covering(items, [one, other], bool, Found(limit=10), range(2))
    assert covering.least() == 1
    assert covering.least_picks(together) == 2
    assert sum_of([one], range(2)) is None
