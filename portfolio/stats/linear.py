"""Which unknowns a set of sums gives away: exact elimination, sparse as sums are."""

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from random import Random

PRIME = 2**61 - 1
"""Arithmetic modulo a large prime: exact, and no number grows."""

Row = dict[str, int]


def fixed(rows: Sequence[Mapping[str, int]], unknowns: Sequence[str]) -> list[str]:
    """Return the unknowns that have one value in all solutions of `rows` = given.

    A direction drawn at random from all in which the unknowns can move together
    leaves exactly these where they are; chance errs once in 10**18.
    """
    solved = _Elimination(rows).run()
    pivots = {pivot for pivot, _row in solved}
    draw = Random(0)  # noqa: S311 - no secret; the same result every time
    step = {name: draw.randrange(1, PRIME) for name in unknowns if name not in pivots}
    for pivot, row in reversed(solved):
        rest = sum(value * step[name] for name, value in row.items() if name != pivot)
        step[pivot] = -rest * pow(row[pivot], -1, PRIME) % PRIME
    return [name for name in unknowns if step[name] == 0]


class _Elimination:
    """Gauss' method; the unknown in the fewest rows goes first, so few fill up."""

    def __init__(self, rows: Sequence[Mapping[str, int]]) -> None:
        self.rows: dict[int, Row] = {n: dict(row) for n, row in enumerate(rows) if row}
        self.places: dict[str, set[int]] = {}
        for number, row in self.rows.items():
            for name in row:
                self.places.setdefault(name, set()).add(number)
        self.queue = [(len(at), name) for name, at in self.places.items()]
        heapify(self.queue)

    def run(self) -> list[tuple[str, Row]]:
        """Return (pivot, row); a row names later pivots and free unknowns only."""
        solved = []
        while self.queue:
            count, name = heappop(self.queue)
            current = len(self.places[name])
            if current != count:
                self._enqueue(name)
            elif current:
                solved.append((name, self._eliminate(name)))
        return solved

    def _enqueue(self, name: str) -> None:
        if self.places[name]:
            heappush(self.queue, (len(self.places[name]), name))

    def _eliminate(self, name: str) -> Row:
        chosen = min(self.places[name], key=lambda at: (len(self.rows[at]), at))
        pivot = self.rows.pop(chosen)
        for other in pivot:
            self.places[other].discard(chosen)
        inverse = pow(pivot[name], -1, PRIME)
        for at in list(self.places[name]):
            self._subtract(at, pivot, self.rows[at][name] * inverse)
        for other in pivot:
            self._enqueue(other)
        return pivot

    def _subtract(self, at: int, pivot: Row, factor: int) -> None:
        row = self.rows[at]
        for name, value in pivot.items():
            left = (row.get(name, 0) - factor * value) % PRIME
            if left:
                row[name] = left
                self.places[name].add(at)
            else:
                row.pop(name, None)
                self.places[name].discard(at)
