"""A good set where the best is out of reach."""

from projects.scoring.covering import Demand
from projects.scoring.greedy import meeting
from tests.projects.scoring.test_covering import Item, meets

ITEMS = [Item(("question", name), 1) for name in ("a", "a", "b", "c")]


def found_for(demands):
    return meeting(
        demands,
        range(len(ITEMS)),
        ITEMS,
        lambda indices: all(meets(demand, indices) for demand in demands),
    )


def test_set_meets_every_demand_with_nothing_to_spare():
    assert found_for([Demand(5, 0, [3, 1, 2, 1])]) == (0, 2)


def test_one_target_is_taken_once():
    assert found_for([Demand(6, 0, [3, 3, 1, 1])]) is None


def test_what_turns_out_to_be_needless_is_dropped():
    # The second need is met best by an item that meets the first as well.
    demands = [Demand(2, 0, [2, 0, 2, 0]), Demand(4, 0, [0, 0, 4, 1])]
    assert found_for(demands) == (2,)
