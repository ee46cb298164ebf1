"""Reading a taxonomy release: strict, every problem told with its place."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from failures.taxonomy.reader import Reader
from failures.taxonomy.tree import CauseTree, TreeError

NODE_KEYS = frozenset(
    {
        "slug", "parent", "title", "definition", "stages", "warning_signs", "checks",
        "practices", "robustness_related", "extension", "leakage_category", "sources",
        "mappings",
    }
)  # fmt: skip
RELEASE_KEYS = frozenset(
    {"number", "label", "literature", "nodes", "order", "embodies", "evolution"}
)
OPTIONAL_NODE_KEYS = frozenset({"leakage_category", "mappings", "extension"})


@dataclass(frozen=True)
class CauseNode:
    """A cause as written in the document."""

    slug: str
    parent: str | None
    title: Mapping[str, str]
    definition: Mapping[str, str]
    stages: tuple[str, ...]
    warning_signs: tuple[Mapping[str, str], ...]
    checks: tuple[Mapping[str, str], ...]
    practices: tuple[str, ...]
    robustness_related: bool
    extension: bool
    leakage_category: str
    seeds: tuple[str, ...]
    literature: tuple[str, ...]
    mappings: Mapping[str, Any]


@dataclass(frozen=True)
class ReleaseDocument:
    """A whole release: parents stand before their children."""

    number: int
    label: str
    literature: Mapping[str, Mapping[str, Any]]
    nodes: tuple[CauseNode, ...]
    digest: str
    evolution: Mapping[str, Any]
    """What became of the causes of the release before; see `read_evolution`."""

    @property
    def tree(self) -> CauseTree:
        return CauseTree({node.slug: node.parent for node in self.nodes})


def read_release(
    document: Mapping[str, Any], *, stages: Sequence[str]
) -> ReleaseDocument:
    """Read `{number, label, literature, nodes}`; raise DocumentError with all faults.

    Optional `order` lists the top-level causes in their order; `embodies` says which
    digest items the release covers and is no part of its content; `evolution` says
    what became of the causes of the release before.
    """
    reader = Reader()
    known_stages = frozenset(stages)
    reader.keys(
        document, "release", RELEASE_KEYS, frozenset({"order", "embodies", "evolution"})
    )
    number = document.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        reader.note("release.number", "not a positive whole number")
        number = 0
    literature = _literature(reader, document.get("literature", {}))
    entries = reader.sequence(document.get("nodes", ()), "nodes")
    nodes = tuple(
        _node(reader, entry, index, known_stages) for index, entry in enumerate(entries)
    )
    _check_tree(reader, nodes)
    for node in nodes:
        for key in node.literature:
            if key not in literature:
                reader.note(f"nodes[{node.slug}].sources.literature", f"unknown: {key}")
    label = reader.text(document.get("label"), "release.label")
    reader.raise_if_any()
    nodes = _ordered(nodes, reader.slugs(document.get("order", ()), "release.order"))
    reader.raise_if_any()
    content = {key: document[key] for key in document if key != "embodies"}
    evolution = reader.mapping(document.get("evolution", {}), "release.evolution")
    reader.raise_if_any()
    return ReleaseDocument(
        number, label, literature, nodes, digest_of(content), evolution
    )


def digest_of(document: Mapping[str, Any]) -> str:
    """Return a digest that ignores layout, key order and comments."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _literature(reader: Reader, value: object) -> Mapping[str, Mapping[str, Any]]:
    entries = reader.mapping(value, "release.literature")
    known = frozenset({"citation", "verification", "url"})
    for key, entry in entries.items():
        place = f"release.literature[{key}]"
        fields = reader.mapping(entry, place)
        reader.keys(fields, place, known, frozenset({"url"}))
    return entries


def _node(
    reader: Reader, value: object, index: int, known_stages: frozenset[str]
) -> CauseNode:
    entry = reader.mapping(value, f"nodes[{index}]")
    place = f"nodes[{entry.get('slug', index)}]"
    reader.keys(entry, place, NODE_KEYS, OPTIONAL_NODE_KEYS)
    parent = entry.get("parent")
    sources = reader.mapping(entry.get("sources", {}), f"{place}.sources")
    reader.keys(
        sources,
        f"{place}.sources",
        frozenset({"seeds", "literature"}),
        frozenset({"seeds", "literature"}),
    )
    stages = reader.sequence(entry.get("stages", ()), f"{place}.stages")
    literature = reader.sequence(
        sources.get("literature") or (), f"{place}.sources.literature"
    )
    return CauseNode(
        slug=reader.slug(entry.get("slug"), f"{place}.slug"),
        parent=None if parent is None else reader.slug(parent, f"{place}.parent"),
        title=reader.words(entry.get("title"), f"{place}.title"),
        definition=reader.words(entry.get("definition"), f"{place}.definition"),
        stages=tuple(
            reader.member(stage, f"{place}.stages[{i}]", known_stages)
            for i, stage in enumerate(stages)
        ),
        warning_signs=reader.many_words(
            entry.get("warning_signs", ()), f"{place}.warning_signs"
        ),
        checks=reader.many_words(entry.get("checks", ()), f"{place}.checks"),
        practices=reader.slugs(entry.get("practices", ()), f"{place}.practices"),
        robustness_related=reader.flag(
            entry.get("robustness_related", False), f"{place}.robustness_related"
        ),
        extension=reader.flag(entry.get("extension", False), f"{place}.extension"),
        leakage_category=str(entry.get("leakage_category") or ""),
        seeds=reader.seeds(sources.get("seeds") or (), f"{place}.sources.seeds"),
        literature=tuple(map(str, literature)),
        mappings=reader.mapping(entry.get("mappings") or {}, f"{place}.mappings"),
    )


def _ordered(
    nodes: tuple[CauseNode, ...], order: Sequence[str]
) -> tuple[CauseNode, ...]:
    """Return nodes depth first, branches as in `order`, then as they came."""
    by_slug = {node.slug: node for node in nodes}
    tree = CauseTree({node.slug: node.parent for node in nodes})
    rank = {slug: position for position, slug in enumerate(order)}
    tops = sorted(tree.top_level, key=lambda slug: rank.get(slug, len(rank)))
    return tuple(by_slug[slug] for top in tops for slug in tree.with_descendants(top))


def _check_tree(reader: Reader, nodes: Sequence[CauseNode]) -> None:
    seen: set[str] = set()
    for node in nodes:
        if node.slug in seen:
            reader.note(f"nodes[{node.slug}]", "slug used twice")
        if node.parent is not None and node.parent not in seen:
            reader.note(f"nodes[{node.slug}].parent", f"not above it: {node.parent}")
        seen.add(node.slug)
    try:
        CauseTree({node.slug: node.parent for node in nodes})
    except TreeError as error:
        reader.note("nodes", str(error))
