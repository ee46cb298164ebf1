"""Pulling small classes towards their parent class: Beta-Binomial."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from scipy import optimize, special

from portfolio.stats.rates import Interval, posterior_interval

LEAST_STRENGTH = 0.5
MOST_STRENGTH = 1000.0
JEFFREYS = 1.0
FLAT = 1e-6

Count = tuple[int, int]
"""Successes and n of one class."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How many observations the parent's rate is worth, and how that was found."""

    value: float
    method: str


@dataclass(frozen=True, slots=True)
class Shrunken:
    """A share pulled towards `towards`, with its posterior interval."""

    value: float
    interval: Interval
    towards: float | None
    strength: Strength


def log_likelihood(strength: float, mean: float, classes: Sequence[Count]) -> float:
    """Return the marginal log likelihood of the counts, binomial terms left out."""
    a, b = strength * mean, strength * (1 - mean)
    x = np.array([count for count, _ in classes], float)
    n = np.array([total for _, total in classes], float)
    terms = special.betaln(x + a, n - x + b) - special.betaln(a, b)
    return float(terms.sum())


def by_moments(mean: float, classes: Sequence[Count]) -> float | None:
    """Return the strength by the method of moments; None where it has no solution."""
    x = np.array([count for count, _ in classes], float)
    n = np.array([total for _, total in classes], float)
    spread = mean * (1 - mean)
    total = n.sum()
    observed = float((n * (x / n - mean) ** 2).sum())
    within = spread * len(classes)
    excess = spread * (total - len(classes))
    overlap = (observed - within) / excess if excess > 0 else 0.0
    return 1 / overlap - 1 if 0 < overlap < 1 else None


def strength_of(mean: float, classes: Sequence[Count]) -> Strength:
    """Fit how alike sibling classes are: the larger, the more they are one.

    Marginal likelihood where it has a maximum inside the range; else moments; else
    the classes differ no more than chance makes them: full strength.
    """
    seen = [(x, n) for x, n in classes if n > 0]
    if len(seen) < 2 or not 0 < mean < 1:
        return Strength(MOST_STRENGTH, "pooled")
    low, high = log(LEAST_STRENGTH), log(MOST_STRENGTH)
    found = optimize.minimize_scalar(
        lambda at: -log_likelihood(exp(at), mean, seen),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-8},
    )
    gain = -found.fun - log_likelihood(MOST_STRENGTH, mean, seen)
    if found.success and gain > FLAT and low + 1e-3 < found.x < high - 1e-3:
        return Strength(exp(found.x), "marginal_likelihood")
    moments = by_moments(mean, seen)
    if moments is not None:
        value = min(max(moments, LEAST_STRENGTH), MOST_STRENGTH)
        return Strength(value, "moments")
    return Strength(MOST_STRENGTH, "pooled")


def shrink(count: Count, parent: Count | None, siblings: Sequence[Count]) -> Shrunken:
    """Return the share of `count` pulled towards its parent class.

    Without a parent class the prior is Jeffreys'. `siblings` are the classes of the
    same parent, this one included.
    """
    x, n = count
    if parent is None or parent[1] == 0:
        interval = posterior_interval(x, n, (0.5, 0.5))
        strength = Strength(JEFFREYS, "jeffreys")
        return Shrunken((x + 0.5) / (n + 1), interval, None, strength)
    mean = (parent[0] + 0.5) / (parent[1] + 1)
    strength = strength_of(mean, siblings)
    prior = (strength.value * mean, strength.value * (1 - mean))
    value = (x + prior[0]) / (n + strength.value)
    return Shrunken(value, posterior_interval(x, n, prior), mean, strength)
