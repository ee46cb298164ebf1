"""A good set of candidates, found step by step, where the best one is out of reach."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from projects.scoring.covering import Costed, Demand


def meeting(
    demands: Sequence[Demand],
    useful: Sequence[int],
    candidates: Sequence[Costed],
    test: Callable[[tuple[int, ...]], bool],
) -> tuple[int, ...] | None:
    """Take what meets most of the unmet demands until the test holds; drop the rest.

    None when the test does not hold with nothing left to take.
    """
    chosen: list[int] = []
    state = [(demand.level, demand.working) for demand in demands]
    left = list(useful)
    while left and not (_is_met(demands, state) and test(tuple(sorted(chosen)))):
        index = max(left, key=lambda each: _worth(each, demands, state))
        chosen.append(index)
        state = _after(index, demands, state)
        taken = candidates[index].target
        left = [each for each in left if candidates[each].target != taken]
    if not test(tuple(sorted(chosen))):
        return None
    for index in list(chosen):
        fewer = [each for each in chosen if each != index]
        if test(tuple(sorted(fewer))):
            chosen = fewer
    return tuple(sorted(chosen))


_State = list[tuple[int, Fraction]]


def _is_met(demands: Sequence[Demand], state: _State) -> bool:
    pairs = zip(demands, state, strict=True)
    return all(demand.need(*each) <= 0 for demand, each in pairs)


def _worth(index: int, demands: Sequence[Demand], state: _State) -> float:
    """Return how many needs a candidate meets, parts added up; only to compare."""
    worth = 0.0
    for demand, each in zip(demands, state, strict=True):
        need = demand.need(*each)
        if need > 0:
            worth += min(demand.gains[index], need) / need
    return worth


def _after(index: int, demands: Sequence[Demand], state: _State) -> _State:
    found = []
    for demand, (level, factor) in zip(demands, state, strict=True):
        kept = demand.factors.get(index)
        if kept is None:
            found.append((level - demand.gains[index], factor))
        else:
            found.append((level, factor * kept))
    return found
