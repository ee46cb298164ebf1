"""How far two or more coders agree beyond chance."""

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

Unit = Sequence[Hashable | None]
"""What each coder says of one record; None where a coder said nothing."""
Statistic = Callable[[Sequence[Unit]], "Agreement"]
FEWEST = 2


@dataclass(frozen=True)
class Agreement:
    """A coefficient, 1 at full agreement, 0 as by chance, below it worse.

    `value` is None where it is not defined, and `reason` says why: `too_few` units
    that two coders coded, or `no_variation` when all say the same, which leaves no
    agreement by chance to compare with.
    """

    value: float | None
    n: int
    """Units that at least two coders coded."""
    reason: str = ""


def cohen_kappa(units: Sequence[Unit]) -> Agreement:
    """Return kappa of two coders over nominal codes.

    Units that one of them left out do not count. Cohen (1960), "A coefficient of
    agreement for nominal scales".
    """
    pairs = [(a, b) for a, b in units if a is not None and b is not None]
    n = len(pairs)
    if n < FEWEST:
        return Agreement(None, n, "too_few")
    observed = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _b in pairs), Counter(b for _a, b in pairs)
    expected = sum(first[code] * second[code] for code in first) / n**2
    if expected == 1:
        return Agreement(None, n, "no_variation")
    return Agreement((observed - expected) / (1 - expected), n)


def krippendorff_alpha(units: Sequence[Unit]) -> Agreement:
    """Return alpha for nominal codes, any number of coders and missing values.

    Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": one minus the
    disagreement observed in the coincidence matrix to the one expected from its
    margins.
    """
    coded = [[code for code in unit if code is not None] for unit in units]
    coded = [unit for unit in coded if len(unit) >= FEWEST]
    if len(coded) < FEWEST:
        return Agreement(None, len(coded), "too_few")
    total = sum(len(unit) for unit in coded)
    margins = Counter(code for unit in coded for code in unit)
    agreed = sum(
        count * (count - 1) / (len(unit) - 1)
        for unit in coded
        for count in Counter(unit).values()
    )
    by_chance = sum(count * (count - 1) for count in margins.values())
    expected = 1 - by_chance / (total * (total - 1))
    if expected == 0:
        return Agreement(None, len(coded), "no_variation")
    return Agreement(1 - (1 - agreed / total) / expected, len(coded))


Coding = Iterable[str]
"""Causes that one coder names in a record."""


def of_cause(records: Iterable[Sequence[Coding]], cause: str) -> list[Unit]:
    """Return the units of one cause: named or not, by each coder of each record."""
    return [[cause in set(coding) for coding in record] for record in records]


def cause_alpha(records: Sequence[Sequence[Coding]], cause: str) -> Agreement:
    """Return alpha of whether the coders name this cause."""
    return krippendorff_alpha(of_cause(records, cause))


def overall_alpha(records: Sequence[Sequence[Coding]]) -> Agreement:
    """Return alpha over all records and causes that anybody named in any of them.

    Each record and cause is a unit; `n` counts records.
    """
    causes = sorted(
        {cause for record in records for coding in record for cause in coding}
    )
    units = [unit for cause in causes for unit in of_cause(records, cause)]
    found = krippendorff_alpha(units)
    n = sum(len(record) >= FEWEST for record in records)
    return Agreement(found.value, n, found.reason)


def bootstrap_interval(
    records: Sequence[Sequence[Coding]],
    statistic: Callable[[Sequence[Sequence[Coding]]], Agreement],
    *,
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 20260101,
) -> tuple[float, float] | None:
    """Return the percentile interval of a statistic, whole records drawn anew.

    The same input gives the same interval. None where too few draws are defined.
    Efron and Tibshirani (1993), chapter 13.
    """
    draw = random.Random(seed)  # noqa: S311 - a simulation, repeatable
    found = []
    for _ in range(draws):
        sample = draw.choices(records, k=len(records)) if records else []
        value = statistic(sample).value
        if value is not None:
            found.append(value)
    if len(found) < draws / 2 or not found:
        return None
    found.sort()
    tail = (1 - level) / 2
    low = found[int(tail * (len(found) - 1))]
    high = found[round((1 - tail) * (len(found) - 1))]
    return low, high
