"""How much of what goes wrong is a want of robustness."""

from collections.abc import Iterable

from portfolio.stats.rates import Rate, rate
from portfolio.stats.records import PostmortemFact


def robustness_share(
    records: Iterable[PostmortemFact], related: frozenset[str]
) -> Rate:
    """Return the share of coded causes flagged robustness-related.

    A cause coded twice in a record, in two roles, counts once.
    """
    coded = [cause for record in records for cause in record.causes]
    return rate(sum(cause in related for cause in coded), len(coded))
