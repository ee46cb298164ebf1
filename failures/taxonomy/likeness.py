"""How alike two records are: by their causes, their surroundings and their words."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field

from failures.taxonomy.nearness import nearness
from failures.taxonomy.tree import CauseTree

WEIGHTS = {"causes": 0.40, "context": 0.15, "text": 0.45}
"""Parts of the whole. Words count most: the same event is told in the same words."""


@dataclass(frozen=True)
class Profile:
    """What is compared of a record."""

    causes: Collection[str] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    """Field -> value; fields without a value are left out."""
    words: Collection[str] = ()


@dataclass(frozen=True)
class Shared:
    """One thing that both have, and its part of the likeness."""

    kind: str
    """causes, context or text."""
    what: tuple[str, ...]
    share: float
    """Part of the likeness, 0 to 1; those of one likeness add up to 1."""


@dataclass(frozen=True)
class Likeness:
    """0 for nothing in common, 1 for the same; and why."""

    value: float
    reasons: tuple[Shared, ...]


def likeness(
    one: Profile, other: Profile, tree: CauseTree, rarity: Mapping[str, float]
) -> Likeness:
    """Compare two records.

    Causes: cosine of the sets, half for kin. Context: share of the fields that both
    fill and that agree. Words: weighted Jaccard, each word weighing its `rarity`, 0 to
    1, and 1 where it is not listed.
    """
    near = nearness(dict.fromkeys(one.causes, 1.0), other.causes, tree)
    filled = sorted(one.context.keys() & other.context.keys())
    equal = [name for name in filled if one.context[name] == other.context[name]]
    words = _weighted(set(one.words), set(other.words), rarity)
    found = {
        "causes": (near.value, tuple(slug for slug, _share in near.reasons)),
        "context": (len(equal) / len(filled) if filled else 0.0, tuple(equal)),
        "text": words,
    }
    parts = [
        (kind, WEIGHTS[kind] * value, what) for kind, (value, what) in found.items()
    ]
    value = sum(part for _kind, part, _what in parts)
    reasons = [
        Shared(kind, what, part / value) for kind, part, what in parts if part > 0
    ]
    reasons.sort(key=lambda reason: -reason.share)
    return Likeness(min(1.0, value), tuple(reasons))


def _weighted(
    one: set[str], other: set[str], rarity: Mapping[str, float]
) -> tuple[float, tuple[str, ...]]:
    shared = one & other
    whole = _weight(one | other, rarity)
    if not whole:
        return 0.0, ()
    told = sorted(shared, key=lambda word: (-rarity.get(word, 1.0), word))
    return _weight(shared, rarity) / whole, tuple(told)


def _weight(words: Set[str], rarity: Mapping[str, float]) -> float:
    # Summed over the listed words alone: most are not listed, and weigh 1.
    return len(words) - sum(1.0 - rarity[word] for word in words & rarity.keys())


def rarest(
    words: Collection[str], rarity: Mapping[str, float], most: int
) -> Sequence[str]:
    """Return the words that tell most, the rarest first; long ones before short."""
    return sorted(words, key=lambda word: (-rarity.get(word, 1.0), -len(word), word))[
        :most
    ]
