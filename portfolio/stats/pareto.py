"""Which few causes make most of the failures, and most of their cost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portfolio.stats.records import PostmortemFact


@dataclass(frozen=True, slots=True)
class Part:
    """A cause's part: records it occurs in, and its split share of the whole.

    A record with two causes gives half of itself to each, so that split shares
    add up to 1 where the counts overlap.
    """

    cause: str
    count: int
    split: Fraction


@dataclass(frozen=True, slots=True)
class Pareto:
    """Parts by size; `total` is of records or, for cost, of minor units."""

    n: int
    total: int
    parts: tuple[Part, ...]
    currency: str = ""
    left_out: int = 0


def _ordered(
    counts: Mapping[str, int], sums: Mapping[str, Fraction]
) -> tuple[Part, ...]:
    total = sum(sums.values(), Fraction(0))
    parts = [
        Part(cause, count, sums[cause] / total if total else Fraction(0))
        for cause, count in counts.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-part.split, -part.count, part.cause)))


def _divided(weighed: Iterable[tuple[frozenset[str], int]]) -> tuple[Part, ...]:
    counts: Counter[str] = Counter()
    sums: defaultdict[str, Fraction] = defaultdict(Fraction)
    for causes, weight in weighed:
        for cause in causes:
            counts[cause] += 1
            sums[cause] += Fraction(weight, len(causes))
    return _ordered(counts, sums)


def pareto_of_records(hits: Sequence[frozenset[str]]) -> Pareto:
    """Divide records among their causes; records without a cause are left out."""
    coded = [causes for causes in hits if causes]
    parts = _divided((causes, 1) for causes in coded)
    return Pareto(len(coded), len(coded), parts, left_out=len(hits) - len(coded))


def pareto_of_cost(
    records: Sequence[tuple[PostmortemFact, frozenset[str]]], currency: str = ""
) -> Pareto:
    """Divide the known cost among causes, in `currency` or the one most records use.

    Amounts of different currencies are never added: the other records are left out
    and counted.
    """
    priced = [
        (record, causes) for record, causes in records if causes and record.cost_minor
    ]
    currencies = Counter(record.currency for record, _ in priced)
    if not currencies:
        return Pareto(0, 0, (), left_out=len(records))
    currency = currency or min(currencies, key=lambda code: (-currencies[code], code))
    taken = [pair for pair in priced if pair[0].currency == currency]
    parts = _divided((causes, record.cost_minor or 0) for record, causes in taken)
    total = sum(record.cost_minor or 0 for record, _ in taken)
    return Pareto(len(taken), total, parts, currency, len(records) - len(taken))
