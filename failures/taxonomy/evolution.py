"""How the causes of one release become those of another, and counts with them.

A release names, for each cause of the one before, what became of it. Counts are exact
fractions: a split shares a count out, and nothing is lost or made.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

Counts = Mapping[str, Fraction]


class Change(StrEnum):
    """What became of a cause."""

    KEEP = "keep"
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    RETIRE = "retire"


@dataclass(frozen=True)
class Rule:
    """What became of one cause: its successors with their shares of its records.

    Shares add up to one; a retired cause has no successor.
    """

    change: Change
    before: str
    after: Mapping[str, Fraction]


@dataclass(frozen=True)
class Evolution:
    """The way from one release to the next, a rule per cause of the first."""

    source: int
    target: int
    rules: Mapping[str, Rule]

    @property
    def is_one_to_one(self) -> bool:
        """Whether no cause was merged, split or retired: the way leads back as well."""
        return all(
            rule.change in {Change.KEEP, Change.RENAME} for rule in self.rules.values()
        )


@dataclass(frozen=True)
class Tally:
    """Counts in the causes of one release, and what has no cause there."""

    counts: Counts
    unmapped: Fraction

    @property
    def total(self) -> Fraction:
        return sum(self.counts.values(), Fraction(0)) + self.unmapped

    @property
    def unmapped_share(self) -> float | None:
        """Part of the total without a cause in the release, 0 to 1; None of nothing."""
        return float(self.unmapped / self.total) if self.total else None


class NoWay(ValueError):
    """No mapping leads from one release to the other without guessing."""


def read_evolution(
    document: Mapping[str, Any],
    source: int,
    target: int,
    before: Collection[str],
    after: Collection[str],
) -> Evolution:
    """Return the evolution that a release's document tells.

    `document` is {rename: {old: new}, merge: {new: [old, ...]}, split: {old: {new:
    share}}, retire: [old, ...]}; a cause that stands in both releases and in no rule
    is kept. Raises ValueError naming every problem.
    """
    rules = [
        *(
            Rule(Change.RENAME, old, {new: Fraction(1)})
            for old, new in (document.get("rename") or {}).items()
        ),
        *(
            Rule(Change.MERGE, old, {new: Fraction(1)})
            for new, olds in (document.get("merge") or {}).items()
            for old in olds
        ),
        *(
            Rule(
                Change.SPLIT,
                old,
                {new: Fraction(str(share)) for new, share in news.items()},
            )
            for old, news in (document.get("split") or {}).items()
        ),
        *(Rule(Change.RETIRE, old, {}) for old in document.get("retire") or ()),
    ]
    named = {rule.before for rule in rules}
    kept = [slug for slug in before if slug in set(after) and slug not in named]
    rules += [Rule(Change.KEEP, slug, {slug: Fraction(1)}) for slug in kept]
    problems = problems_of(rules, before, after)
    if problems:
        raise ValueError("; ".join(problems))
    return Evolution(source, target, {rule.before: rule for rule in rules})


def problems_of(
    rules: Iterable[Rule], before: Collection[str], after: Collection[str]
) -> list[str]:
    """Return what is wrong: causes without a rule or with two, unknown successors."""
    rules = list(rules)
    told = [rule.before for rule in rules]
    merged: dict[str, int] = {}
    for rule in rules:
        if rule.change == Change.MERGE:
            for slug in rule.after:
                merged[slug] = merged.get(slug, 0) + 1
    return [
        *(
            f"{slug}: two rules"
            for slug in sorted({s for s in told if told.count(s) > 1})
        ),
        *(f"{slug}: no such cause before" for slug in sorted(set(told) - set(before))),
        *(
            f"{slug}: says not what became of it"
            for slug in sorted(set(before) - set(told))
        ),
        *(
            f"{rule.before}: no such cause after: {slug}"
            for rule in rules
            for slug in rule.after
            if slug not in after
        ),
        *(
            f"{rule.before}: shares add up to {sum(rule.after.values())}"
            for rule in rules
            if rule.change != Change.RETIRE and sum(rule.after.values()) != 1
        ),
        *(
            f"{slug}: merges one cause alone"
            for slug, count in sorted(merged.items())
            if count < 2
        ),
    ]


def reexpress(counts: Counts, evolution: Evolution) -> Tally:
    """Return counts of the source release in the causes of the target."""
    found: dict[str, Fraction] = {}
    unmapped = Fraction(0)
    for slug, count in counts.items():
        rule = evolution.rules.get(slug)
        if rule is None or not rule.after:
            unmapped += count
            continue
        for successor, share in rule.after.items():
            found[successor] = found.get(successor, Fraction(0)) + count * share
    return Tally(found, unmapped)


def inverse(evolution: Evolution) -> Evolution:
    """Return the way back. Raises NoWay where it is not one to one."""
    if not evolution.is_one_to_one:
        raise NoWay(f"{evolution.source} -> {evolution.target} does not lead back")
    back = {}
    for rule in evolution.rules.values():
        (successor,) = rule.after
        back[successor] = Rule(rule.change, successor, {rule.before: Fraction(1)})
    return Evolution(evolution.target, evolution.source, back)


def path_between(
    evolutions: Sequence[Evolution], source: int, target: int
) -> list[Evolution]:
    """Return the steps from one release to another, either way.

    Raises NoWay where a step is missing, or would have to be undone and cannot be.
    """
    forward = {each.source: each for each in evolutions}
    backward = {each.target: each for each in evolutions}
    steps: list[Evolution] = []
    at = source
    while at != target:
        known = forward if at < target else backward
        step = known.get(at)
        if step is None:
            raise NoWay(f"no mapping leads from release {at}")
        steps.append(step if at < target else inverse(step))
        at = steps[-1].target
    return steps


def tally(
    by_release: Mapping[int, Counts], release: int, evolutions: Sequence[Evolution]
) -> Tally:
    """Return counts, each in its own release, re-expressed in one.

    What no way leads to is unmapped as well: totals are conserved always.
    """
    found: dict[str, Fraction] = {}
    unmapped = Fraction(0)
    for source, counts in by_release.items():
        try:
            steps = path_between(evolutions, source, release)
        except NoWay:
            unmapped += sum(counts.values(), Fraction(0))
            continue
        here = dict(counts)
        for step in steps:
            said = reexpress(here, step)
            here, unmapped = dict(said.counts), unmapped + said.unmapped
        for slug, count in here.items():
            found[slug] = found.get(slug, Fraction(0)) + count
    return Tally(found, unmapped)


def to_json(evolution: Evolution) -> dict[str, Any]:
    """Return the evolution as it is stored; shares as fractions in text."""
    rules = {
        slug: {
            "change": rule.change.value,
            "after": {name: str(share) for name, share in rule.after.items()},
        }
        for slug, rule in evolution.rules.items()
    }
    return {"source": evolution.source, "rules": rules}


def from_json(stored: Mapping[str, Any], target: int) -> Evolution:
    """Return what `to_json` was given, of the release numbered `target`."""
    rules = {
        slug: Rule(
            Change(each["change"]),
            slug,
            {name: Fraction(share) for name, share in each["after"].items()},
        )
        for slug, each in stored["rules"].items()
    }
    return Evolution(stored["source"], target, rules)
