"""Rates with their denominators and intervals."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Protocol

from scipy import special

from portfolio.stats.records import ProjectFact, closed_by

CONFIDENCE = 0.95
LEAST_COVERAGE = 0.80


class Tree(Protocol):
    """The roll-up of a record's causes: see failures.taxonomy.CauseTree."""

    def rolled_up(self, slugs: Iterable[str]) -> frozenset[str]:
        """Return the causes with all their ancestors, each once."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a share, and how they were found."""

    low: float
    high: float
    method: str

    def contains(self, value: float) -> bool:
        return self.low <= value <= self.high

    def is_apart_from(self, other: "Interval") -> bool:
        """Whether the two have no point in common."""
        return self.low > other.high or self.high < other.low


@dataclass(frozen=True, slots=True)
class Rate:
    """Successes among n, as a share with its interval; no share of nothing."""

    successes: int
    n: int
    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class FailureRate:
    """Failed among closed projects, and how many of those due are closed."""

    rate: Rate
    coverage: Rate

    @property
    def is_well_covered(self) -> bool:
        """Whether enough projects that should have ended are closed out."""
        covered = self.coverage.value
        return covered is not None and covered >= LEAST_COVERAGE


@lru_cache(maxsize=16)
def _normal_quantile(confidence: float) -> float:
    return float(special.ndtri(0.5 + confidence / 2))


def wilson(successes: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Return Wilson's score interval. Raises ValueError for impossible counts."""
    _refuse(successes, n)
    z = _normal_quantile(confidence)
    share, shrink = successes / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / shrink
    half = z / shrink * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == n else min(1.0, middle + half)
    return Interval(low, high, "wilson")


def jeffreys(successes: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the equal-tailed interval of the posterior under Jeffreys' prior."""
    _refuse(successes, n)
    return posterior_interval(successes, n, (0.5, 0.5), confidence)


def posterior_interval(
    successes: int, n: int, prior: tuple[float, float], confidence: float = CONFIDENCE
) -> Interval:
    """Return the equal-tailed interval of the posterior under Beta(*prior).

    The bound at an attained edge is the edge itself, as Brown, Cai and DasGupta
    (2001) advise.
    """
    a, b = successes + prior[0], n - successes + prior[1]
    tail = (1 - confidence) / 2
    low = 0.0 if successes == 0 else float(special.betaincinv(a, b, tail))
    high = 1.0 if successes == n else float(special.betaincinv(a, b, 1 - tail))
    return Interval(low, high, "jeffreys")


def rate(successes: int, n: int) -> Rate:
    """Return the share with Wilson's interval; None of both where n is 0."""
    if n == 0:
        return Rate(successes, 0, None, None)
    return Rate(successes, n, successes / n, wilson(successes, n))


def failure_rate(projects: Sequence[ProjectFact], as_of: dt.date) -> FailureRate:
    """Return failed / closed by `as_of`; coverage is closed / due by then."""
    closed = closed_by(projects, as_of)
    due = sum(project.is_due(as_of) for project in projects)
    failed = sum(project.failed for project in closed)
    return FailureRate(rate(failed, len(closed)), rate(len(closed), due))


def cause_base_rates(
    causes: Iterable[frozenset[str]], nodes: Iterable[str], tree: Tree, n: int
) -> dict[str, Rate]:
    """Return the rate of every node among `n` projects.

    `causes` are those of each project that has any; a project counts once per node
    however many causes below it were coded.
    """
    counts = dict.fromkeys(nodes, 0)
    for hit in causes:
        for node in tree.rolled_up(hit):
            if node in counts:
                counts[node] += 1
    return {node: rate(count, n) for node, count in counts.items()}


def _refuse(successes: int, n: int) -> None:
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
