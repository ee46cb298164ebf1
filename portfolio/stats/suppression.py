"""Withholding small cells, and whatever would give them away by subtraction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portfolio.stats.linear import fixed


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts: whoever knows all but one knows the last."""

    total: str
    parts: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.total, *self.parts)


@dataclass
class Table:
    """Counts by name, the sums that link them, and those that are never shown."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unpublished: set[str] = field(default_factory=set)
    ranks: dict[str, int] = field(default_factory=dict)
    """Worth of cells, 0 if not named: the least is withheld first for others' sake."""

    def add(self, name: str, count: int, *, shown: bool = True) -> None:
        self.counts[name] = count
        if not shown:
            self.unpublished.add(name)

    def prize(self, *names: str) -> None:
        """Let other cells be withheld before these."""
        self.ranks.update(dict.fromkeys(names, 1))

    def link(self, total: str, parts: Iterable[str]) -> None:
        self.sums.append(Sum(total, tuple(parts)))


def protect(
    table: Table, k: int, beat: Callable[[], None] = lambda: None
) -> frozenset[str]:
    """Return the cells to withhold so that no count from 1 to k - 1 can be found.

    Primary: counts below k. Complementary: in each sum with a visible total the
    unknown parts amount to k at least; then every group of linked cells is solved
    as an outsider would, and what still comes out is protected by one cell more.
    Unknown counts are positive, so a cell can be found exactly when no direction of
    the null space moves it. `beat` is called now and then: large tables take long.
    """
    return _Guard(table, k, beat).run()


class _Guard:
    """The withheld cells as they grow."""

    def __init__(self, table: Table, k: int, beat: Callable[[], None]) -> None:
        self.beat = beat
        self.counts, self.k = table.counts, k
        small = {name for name, count in table.counts.items() if 0 < count < k}
        # A zero may be given away by a zero total: count it as known.
        self.unknown = small | {n for n in table.unpublished if table.counts[n]}
        self.secret = small
        self.fresh = set(small)
        self.shown = table.counts.keys() - table.unpublished
        self.sums = table.sums
        self.ranks = table.ranks
        self.of_cell: defaultdict[str, list[Sum]] = defaultdict(list)
        for each in table.sums:
            for cell in each.cells:
                self.of_cell[cell].append(each)

    def run(self) -> frozenset[str]:
        waiting = list(self.sums)
        while waiting:
            self._close(waiting)
            waiting = [each for cell in self._found() for each in self._shield(cell)]
        return frozenset(self.unknown & self.shown)

    def _close(self, waiting: list[Sum]) -> None:
        """Protect sum by sum until nothing changes."""
        while waiting:
            each = waiting.pop()
            while (cell := self._needed(each)) is not None:
                waiting.extend(self._hide(cell))

    def _hide(self, cell: str) -> list[Sum]:
        self.unknown.add(cell)
        self.secret.add(cell)
        self.fresh.add(cell)
        return self.of_cell[cell]

    def _needed(self, each: Sum) -> str | None:
        """Return a further cell of this sum to withhold, or None if it is safe."""
        unknown = [part for part in each.parts if part in self.unknown]
        if each.total in self.unknown:
            found = not unknown and each.total in self.secret
            return self._smallest(each.parts) if found else None
        if self.secret.isdisjoint(unknown):
            return None
        enough = sum(self.counts[part] for part in unknown) >= self.k
        if enough and len(unknown) > 1:
            return None
        return self._smallest(each.parts) or self._smallest([each.total])

    def _smallest(self, cells: Iterable[str]) -> str | None:
        """Return the least worthy visible count above 0; zeros hide nothing."""
        usable = [
            cell for cell in cells if cell not in self.unknown and self.counts[cell]
        ]
        return min(usable, key=self._worth, default=None)

    def _worth(self, cell: str) -> tuple[int, int, str]:
        return self.ranks.get(cell, 0), self.counts[cell], cell

    def _shield(self, cell: str) -> list[Sum]:
        """Withhold one more cell beside one that can be found."""
        near = [other for each in self.of_cell[cell] for other in each.cells]
        chosen = self._smallest(near)
        if chosen is None or self.ranks.get(chosen, 0):
            linked = [c for each in self._linked(cell) for c in each.cells]
            chosen = self._smallest(linked)
        return self._hide(chosen) if chosen is not None else []

    def _linked(self, cell: str) -> list[Sum]:
        seen, stack, found = {cell}, [cell], []
        while stack:
            for each in self.of_cell[stack.pop()]:
                found.append(each)
                fresh = [c for c in each.cells if c in self.unknown and c not in seen]
                seen.update(fresh)
                stack.extend(fresh)
        return found

    def _found(self) -> list[str]:
        """Return the secret cells that linear algebra gives away.

        Groups without a cell withheld since the last look are as safe as then.
        """
        fresh, self.fresh = self.fresh, set()
        return [
            cell
            for cells, sums in self._groups(fresh)
            for cell in determined(cells, sums)
            if cell in self.secret
        ]

    def _groups(self, among: set[str]) -> Iterator[tuple[list[str], list[Sum]]]:
        """Unknown cells that share sums with these, directly or through others."""
        seen: set[str] = set()
        for start in sorted(among):
            if start in seen:
                continue
            sums = self._linked(start)
            cells = {c for each in sums for c in each.cells if c in self.unknown}
            seen |= cells | {start}
            if cells:
                self.beat()
                yield sorted(cells), list(dict.fromkeys(sums))


def determined(cells: Sequence[str], sums: Sequence[Sum]) -> list[str]:
    """Return the unknown cells whose value the known rest of the sums fixes."""
    wanted = frozenset(cells)
    rows = []
    for each in sums:
        row = dict.fromkeys((part for part in each.parts if part in wanted), 1)
        if each.total in wanted:
            row[each.total] = -1
        rows.append(row)
    return fixed(rows, cells)


def across(tables: Mapping[str, Table], parent_of: Mapping[str, str | None]) -> Table:
    """Join the tables of scopes that contain each other into one.

    A scope's cells are the sums of its children's and of what is its own, which is
    never shown but could be found by subtraction. Names become 'scope|cell'; a
    containing scope is worth more than the scopes in it.
    """
    joined = Table()
    children: defaultdict[str, list[str]] = defaultdict(list)
    for scope, parent in parent_of.items():
        if parent is not None:
            children[parent].append(scope)
    for scope, table in tables.items():
        for cell, count in table.counts.items():
            joined.add(f"{scope}|{cell}", count, shown=cell not in table.unpublished)
            rank = 2 * table.ranks.get(cell, 0) + (scope in children)
            joined.ranks[f"{scope}|{cell}"] = rank
        for each in table.sums:
            parts = [f"{scope}|{part}" for part in each.parts]
            joined.link(f"{scope}|{each.total}", parts)
    for scope, below in children.items():
        _link_children(joined, tables, scope, below)
    return joined


def _link_children(
    joined: Table, tables: Mapping[str, Table], scope: str, below: Sequence[str]
) -> None:
    for cell, count in tables[scope].counts.items():
        inside = [child for child in below if cell in tables[child].counts]
        rest = count - sum(tables[child].counts[cell] for child in inside)
        parts = [f"{child}|{cell}" for child in inside]
        if rest:
            own = f"{scope}|{cell}|own"
            joined.add(own, rest, shown=False)
            parts.append(own)
        if parts:
            joined.link(f"{scope}|{cell}", parts)
