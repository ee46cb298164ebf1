"""The smallest set of changes found by trying them, for scores that nothing bounds.

Points add up over all questions, but branches and adjustments act on the whole, so sets
are scored one by one, the smallest first. Beyond the limit the changes are taken in the
order of what each does alone, until the tier is lower; then what is not needed goes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from projects.scoring.covering import Costed, Found, SearchCut
from projects.scoring.outlook import Outlook

_TRIAL_STEPS = 100
"""What scoring one sheet costs, in steps of the other search."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The best set by index, None if there is none; see `SmallestChange`."""

    indices: tuple[int, ...] | None
    is_exact: bool
    at_least: int
    trials: int


def tried_out(
    changes: Sequence[Costed],
    after: Callable[[tuple[int, ...]], Outlook],
    limit: int,
) -> Tried:
    """Find the fewest, then the cheapest, then the first changes that lower the tier."""
    before = after(()).tier
    found = Found(limit)

    def lowers(indices: tuple[int, ...]) -> bool:
        tier = after(indices).tier
        return before is not None and tier is not None and tier.rank < before.rank

    size, most = 1, len({change.target for change in changes})
    try:
        for size in range(1, most + 1):
            _try_all(changes, size, lowers, found)
            if found.indices is not None:
                return Tried(found.indices, True, size, found.tried)
    except SearchCut:
        known = found.indices or _greedily(changes, after, lowers)
        return Tried(known, False, size, found.tried)
    return Tried(None, True, most + 1, found.tried)


def _try_all(
    changes: Sequence[Costed],
    size: int,
    lowers: Callable[[tuple[int, ...]], bool],
    found: Found,
) -> None:
    for indices in combinations(range(len(changes)), size):
        if len({changes[index].target for index in indices}) < size:
            continue
        cost = sum(changes[index].cost for index in indices)
        if found.is_beyond(cost, indices):
            continue
        found.spend(_TRIAL_STEPS)
        if lowers(indices):
            found.keep(cost, indices)


def _greedily(
    changes: Sequence[Costed],
    after: Callable[[tuple[int, ...]], Outlook],
    lowers: Callable[[tuple[int, ...]], bool],
) -> tuple[int, ...] | None:
    alone = {index: _level(after((index,))) for index in range(len(changes))}
    chosen: tuple[int, ...] = ()
    taken: set[tuple[str, str]] = set()
    for index in sorted(alone, key=lambda each: (alone[each], each)):
        if changes[index].target in taken:
            continue
        taken.add(changes[index].target)
        chosen = tuple(sorted((*chosen, index)))
        if lowers(chosen):
            break
    else:
        return None
    for index in chosen:
        fewer = tuple(each for each in chosen if each != index)
        if lowers(fewer):
            chosen = fewer
    return chosen


def _level(seen: Outlook) -> Fraction:
    """Return what the tier is read from."""
    if seen.overall is None:
        return Fraction(100)
    return seen.overall.high if seen.risk.provisional else seen.overall.point
