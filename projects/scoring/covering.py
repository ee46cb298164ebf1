"""The search for the best small set of candidates that meets a list of demands.

A demand says (level - what the chosen take off) * (product of their factors) <= ceiling,
all in whole numbers. Demands are necessary, not sufficient: a set that meets them all
is put to the caller's own test. Sets are tried in the order of their indices, and a
partial set is left as soon as the best that the remaining picks could add falls short
of some demand, or cannot be better than the set in hand.
"""

from bisect import insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, islice
from math import floor
from typing import Protocol

WHOLE = Fraction(1)
_SCALE = 10**6


class SearchCut(Exception):
    """The search reached its limit before its end."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One inequality; `gains` is the most each candidate takes off the level.

    A candidate with a factor multiplies by it; its gain says how much that may be.
    `working` is the product of the factors that hold before anything is chosen.
    """

    level: int
    ceiling: int
    gains: Sequence[int]
    factors: Mapping[int, Fraction] = field(default_factory=dict)
    working: Fraction = WHOLE

    @property
    def whole_need(self) -> int:
        """What is to be taken off before anything is chosen."""
        return self.need(self.level, self.working)

    def need(self, level: int, factor: Fraction) -> int:
        """Return how much is still to be taken off."""
        if factor is WHOLE:
            return level - self.ceiling
        if not factor:
            return -1
        return level - floor(self.ceiling / factor)


class Costed(Protocol):
    """What the search knows of a candidate: what it excludes and what it costs."""

    @property
    def target(self) -> tuple[str, str]: ...

    @property
    def cost(self) -> int: ...


@dataclass
class Found:
    """The best set so far: the cheapest, then the first in order."""

    limit: int
    tried: int = 0
    cost: int = 0
    indices: tuple[int, ...] | None = None

    def spend(self, steps: int = 1) -> None:
        """Count steps; raise SearchCut beyond the limit."""
        self.tried += steps
        if self.tried > self.limit:
            raise SearchCut

    def keep(self, cost: int, indices: tuple[int, ...]) -> None:
        """Take a set if it is better."""
        if self.indices is None or (cost, indices) < (self.cost, self.indices):
            self.cost, self.indices = cost, indices

    def is_beyond(self, cost: int, indices: tuple[int, ...]) -> bool:
        """Tell whether nothing of this cost and later in order can be better."""
        return self.indices is not None and (cost, indices) >= (self.cost, self.indices)


def sum_of(demands: Sequence[Demand], usable: Sequence[int]) -> Demand | None:
    """Return the demand that all unmet demands are met together; None below two.

    Each counts as one, and a candidate by the part of every need it can meet: so a set
    too small for many demands at once is seen to be too small.
    """
    unmet = [(d.gains, need) for d in demands if (need := d.whole_need) > 0]
    if len(unmet) < 2:
        return None
    gains = [0] * len(unmet[0][0])
    for worths, need in unmet:
        for index in usable:
            if (worth := worths[index]) > 0:
                gains[index] += -(-min(worth, need) * _SCALE // need)
    return Demand(_SCALE * len(unmet), 0, gains)


class Covering:
    """One search: candidates by index, and the demands on them."""

    def __init__(
        self,
        candidates: Sequence[Costed],
        demands: Sequence[Demand],
        test: Callable[[tuple[int, ...]], bool],
        found: Found,
        usable: Sequence[int],
    ) -> None:
        self._candidates = candidates
        self._demands = demands
        self._test = test
        self._found = found
        self._usable = usable
        self._reach: list[list[tuple[int, ...]]] = []
        self._cheapest: list[tuple[int, ...]] = []

    def least_picks(self, demand: Demand) -> int | None:
        """Return a size below which no set meets the demand; None: none at all."""
        best: dict[tuple[str, str], int] = {}
        for index in self._usable:
            if (gain := demand.gains[index]) > 0:
                target = self._candidates[index].target
                best[target] = max(gain, best.get(target, 0))
        left, size = demand.whole_need, 0
        for gain in sorted(best.values(), reverse=True):
            if left <= 0:
                break
            left -= gain
            size += 1
        return size if left <= 0 else None

    def least(self) -> int | None:
        """Return a size below which no set meets all demands; None: none at all."""
        sizes = [self.least_picks(demand) for demand in self._demands]
        known = [size for size in sizes if size is not None]
        return max(known, default=0) if len(known) == len(sizes) else None

    def run(self, fixed: tuple[int, ...], picks: int) -> None:
        """Try every set of the fixed candidates and `picks` usable ones."""
        if not self._may_do(picks):
            return
        self._reach = [self._best_sums(each.gains, picks) for each in self._demands]
        costs = [-candidate.cost for candidate in self._candidates]
        sums = self._best_sums(costs, picks, least=min(costs, default=0))
        self._cheapest = [tuple(-each for each in row) for row in sums]
        levels = [demand.level for demand in self._demands]
        working = [demand.working for demand in self._demands]
        self._walk(0, fixed, levels, working, picks)

    def _may_do(self, picks: int) -> bool:
        """Tell whether so many picks may meet the demands, first each, then all."""
        for demand in self._demands:
            size = self.least_picks(demand)
            if size is None or size > picks:
                return False
        together = sum_of(self._demands, self._usable)
        if together is not None:
            self._demands = [*self._demands, together]
            size = self.least_picks(together)
            return size is not None and size <= picks
        return True

    def _walk(
        self,
        start: int,
        chosen: tuple[int, ...],
        levels: list[int],
        factors: list[Fraction],
        picks: int,
    ) -> None:
        needs = [
            demand.need(level, factor)
            for demand, level, factor in zip(
                self._demands, levels, factors, strict=True
            )
        ]
        if not picks:
            self._finish(chosen, needs)
            return
        spent = sum(self._candidates[index].cost for index in chosen)
        taken = {self._candidates[index].target for index in chosen}
        unmet = [(row, need) for row, need in enumerate(needs) if need > 0]
        for place in range(start, len(self._usable)):
            self._found.spend()
            if any(need > self._reach[row][place][picks] for row, need in unmet):
                return
            index = self._usable[place]
            if self._candidates[index].target in taken:
                continue
            least = spent + self._candidates[index].cost
            least += self._cheapest[place + 1][picks - 1]
            ahead = tuple(sorted((*chosen, *self._usable[place : place + picks])))
            if self._found.is_beyond(least, ahead):
                continue
            if picks == 1 and any(
                need > self._demands[row].gains[index] for row, need in unmet
            ):
                continue
            self._pick(place, chosen, levels, factors, picks)

    def _pick(
        self,
        place: int,
        chosen: tuple[int, ...],
        levels: list[int],
        factors: list[Fraction],
        picks: int,
    ) -> None:
        index = self._usable[place]
        lower, left = list(levels), list(factors)
        for row, demand in enumerate(self._demands):
            factor = demand.factors.get(index)
            if factor is None:
                lower[row] -= demand.gains[index]
            else:
                left[row] *= factor
        self._walk(place + 1, (*chosen, index), lower, left, picks - 1)

    def _finish(self, chosen: tuple[int, ...], needs: list[int]) -> None:
        if any(need > 0 for need in needs):
            return
        indices = tuple(sorted(chosen))
        cost = sum(self._candidates[index].cost for index in indices)
        if not self._found.is_beyond(cost, indices) and self._test(indices):
            self._found.keep(cost, indices)

    def _best_sums(
        self, worths: Sequence[int], picks: int, least: int = 0
    ) -> list[tuple[int, ...]]:
        """Return, from each place on, the most that 0, 1, ... picks can add up to.

        No target is picked twice; nothing counts for less than `least`.
        """
        rows = [(0,) * (picks + 1)]
        best: list[tuple[int, tuple[str, str]]] = []
        for index in reversed(self._usable):
            worth, target = worths[index], self._candidates[index].target
            known = next((each for each in best if each[1] == target), None)
            if worth > least and (known is None or worth > known[0]):
                if known:
                    best.remove(known)
                insort(best, (worth, target))
                del best[: -picks or None]
            sums = accumulate(islice((w for w, _ in reversed(best)), picks), initial=0)
            row = list(sums)
            row += [row[-1] + least * n for n in range(1, picks + 2 - len(row))]
            rows.append(tuple(row))
        return rows[::-1]
