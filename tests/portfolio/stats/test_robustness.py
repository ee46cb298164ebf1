"""Seed 000's thesis as a number that can be wrong."""

from portfolio.stats.records import CodingFact, PostmortemFact
from portfolio.stats.robustness import robustness_share


def record(*codings):
    return PostmortemFact("x", codings=tuple(CodingFact(*each) for each in codings))


def test_counts_each_cause_of_a_record_once():
    found = robustness_share(
        [
            record(("a", "root", "known"), ("a", "contributing", "probable")),
            record(("b", "contributing", "known"), ("a", "trigger", "known")),
            record(("a", "root", "possible")),
        ],
        frozenset({"a"}),
    )
    assert (found.successes, found.n) == (1, 2)
    assert found.interval is not None
