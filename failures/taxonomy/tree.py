"""The shape of the taxonomy: who stands under whom."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping


class TreeError(ValueError):
    """The parents given do not make a tree."""


class CauseTree:
    """Causes by slug, each under its parent; order is the order given."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        """Build from slug -> parent slug; None stands for a top-level cause.

        Raises TreeError for an unknown parent or a cycle.
        """
        self._parents = dict(parents)
        self._children: dict[str | None, list[str]] = {}
        for slug, parent in self._parents.items():
            if parent is not None and parent not in self._parents:
                raise TreeError(f"{slug}: unknown parent {parent}")
            self._children.setdefault(parent, []).append(slug)
        self._paths = {slug: self._climb(slug) for slug in self._parents}

    def _climb(self, slug: str) -> tuple[str, ...]:
        path = [slug]
        while (parent := self._parents[path[-1]]) is not None:
            if parent in path:
                raise TreeError(f"{slug}: its ancestors form a cycle")
            path.append(parent)
        return tuple(reversed(path))

    def __contains__(self, slug: object) -> bool:
        return slug in self._parents

    def __len__(self) -> int:
        return len(self._parents)

    def __iter__(self) -> Iterator[str]:
        return iter(self._parents)

    @property
    def top_level(self) -> tuple[str, ...]:
        """Causes without a parent."""
        return tuple(self._children.get(None, ()))

    def parent_of(self, slug: str) -> str | None:
        return self._parents[slug]

    def children(self, slug: str) -> tuple[str, ...]:
        return tuple(self._children.get(slug, ()))

    def path(self, slug: str) -> tuple[str, ...]:
        """Return the way down from the top-level cause to `slug`, both included."""
        return self._paths[slug]

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Return the causes above `slug`, nearest first."""
        return tuple(reversed(self._paths[slug][:-1]))

    def top_level_of(self, slug: str) -> str:
        return self._paths[slug][0]

    def with_descendants(self, slug: str) -> tuple[str, ...]:
        """Return `slug` and everything below it, depth first."""
        found = [slug]
        for child in self._children.get(slug, ()):
            found.extend(self.with_descendants(child))
        return tuple(found)

    def rolled_up(self, slugs: Iterable[str]) -> frozenset[str]:
        """Return the causes of one record with all their ancestors, each once.

        Slugs that the tree does not know are left out.
        """
        return frozenset(
            node for slug in slugs if slug in self for node in self._paths[slug]
        )

    def roll_up(self, records: Iterable[Iterable[str]]) -> Counter[str]:
        """Count records per node; a record counts once per node however often hit."""
        counts: Counter[str] = Counter()
        for slugs in records:
            counts.update(self.rolled_up(slugs))
        return counts
