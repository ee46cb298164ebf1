"""Names of causes and of literature, as the release in force gives them."""

import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from failures.models import FailureCause, TaxonomyRelease

Texts = dict[str, str]


@dataclass(frozen=True)
class Knowledge:
    """Titles of causes by slug in the tree's order, and citations by key."""

    titles: dict[str, Texts] = field(default_factory=dict)
    citations: dict[str, str] = field(default_factory=dict)

    def title(self, slug: str) -> Texts:
        """Return the cause's title per language; a cause of old shows its slug."""
        return self.titles.get(slug) or {"en": slug}

    def position(self, slug: str) -> int:
        """Return the cause's place in the tree; unknown ones come last."""
        return self._positions.get(slug, len(self.titles))

    @property
    def _positions(self) -> dict[str, int]:
        return {slug: index for index, slug in enumerate(self.titles)}


def knowledge_in_force() -> Knowledge:
    """Return what the current release says; a release is closed, so it is cached."""
    release = TaxonomyRelease.objects.filter(is_current=True).only("pk").first()
    return _knowledge(release.pk) if release else Knowledge()


@lru_cache(maxsize=4)
def _knowledge(release_id: uuid.UUID) -> Knowledge:
    titles = FailureCause.objects.filter(release_id=release_id).order_by("position")
    literature: dict[str, Any] = TaxonomyRelease.objects.values_list(
        "literature", flat=True
    ).get(pk=release_id)
    return Knowledge(
        titles=dict(titles.values_list("slug", "title")),
        citations={key: _citation(entry) for key, entry in literature.items()},
    )


def _citation(entry: Any) -> str:
    return str(entry.get("citation", "")) if isinstance(entry, dict) else str(entry)
