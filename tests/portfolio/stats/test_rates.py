"""Rates against independent implementations, published examples and simulation."""

import datetime as dt
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from failures.taxonomy.tree import CauseTree
from portfolio.stats.rates import (
    Interval,
    cause_base_rates,
    failure_rate,
    jeffreys,
    rate,
    wilson,
)
from portfolio.stats.records import ProjectFact

AS_OF = dt.date(2026, 6, 30)

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def project(key, outcome="", on=None, due=None):
    return ProjectFact(key=key, unit="u", outcome=outcome, outcome_on=on, due_on=due)


@given(counts)
def test_equals_statsmodels_wilson(count):
    low, high = proportion_confint(*count, method="wilson")
    found = wilson(*count)
    assert found.low == pytest.approx(max(low, 0), abs=1e-9)
    assert found.high == pytest.approx(min(high, 1), abs=1e-9)


@given(counts)
def test_equals_scipy_jeffreys_away_from_the_edges(count):
    x, n = count
    low, high = stats.beta.interval(0.95, x + 0.5, n - x + 0.5)
    found = jeffreys(x, n)
    assert found.low == pytest.approx(0 if x == 0 else low, abs=1e-9)
    assert found.high == pytest.approx(1 if x == n else high, abs=1e-9)


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_equals_newcombes_published_examples(x, n, low, high):
    found = wilson(x, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(counts, st.sampled_from([wilson, jeffreys]))
def test_interval_contains_the_share_and_mirrors(count, method):
    x, n = count
    found, mirrored = method(x, n), method(n - x, n)
    assert 0 <= found.low <= x / n <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-9)


@given(counts)
def test_interval_narrows_with_more_of_the_same(count):
    x, n = count
    once, twice = wilson(x, n), wilson(2 * x, 2 * n)
    assert twice.high - twice.low < once.high - once.low


@pytest.mark.parametrize(("x", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_refuses_impossible_counts(x, n):
    with pytest.raises(ValueError, match="is no share"):
        wilson(x, n)


@pytest.mark.parametrize("truth", [0.1, 0.3, 0.5])
def test_covers_the_truth_as_often_as_it_says(truth):
    draws = np.random.default_rng(7).binomial(60, truth, size=1000)
    covered = [wilson(int(x), 60).contains(truth) for x in draws]
    assert 0.93 <= np.mean(covered) <= 0.97


def test_intervals_that_touch_are_not_apart():
    assert not Interval(0, 0.5, "").is_apart_from(Interval(0.5, 1, ""))
    assert Interval(0, 0.4, "").is_apart_from(Interval(0.5, 1, ""))


def test_gives_no_share_of_nothing():
    assert rate(0, 0).value is None
    assert rate(0, 0).interval is None


def test_counts_near_misses_and_successes_in_the_denominator():
    ended = dt.date(2026, 5, 1)
    found = failure_rate(
        [
            project("a", "failed", ended),
            project("b", "abandoned", ended),
            project("c", "near_miss", ended),
            project("d", "success", ended),
            project("e", "still_running", ended),
            project("f", "degraded", AS_OF + dt.timedelta(days=1)),
            project("g"),
        ],
        AS_OF,
    )
    assert (found.rate.successes, found.rate.n) == (2, 4)


def test_coverage_is_closed_among_due():
    long_ago, later = AS_OF - dt.timedelta(days=60), AS_OF + dt.timedelta(days=60)
    found = failure_rate(
        [
            project("closed early", "success", long_ago, due=later),
            project("closed late", "failed", AS_OF, due=long_ago),
            project("overdue", due=long_ago),
            project("still running", "still_running", long_ago, due=long_ago),
            project("not due", due=later),
            project("no date"),
        ],
        AS_OF,
    )
    assert (found.coverage.successes, found.coverage.n) == (2, 4)
    assert not found.is_well_covered


TREE = CauseTree({"a": None, "a1": "a", "a2": "a", "a11": "a1", "b": None})


def test_counts_a_project_once_per_node():
    causes = [frozenset({"a11", "a2"}), frozenset({"a"}), frozenset({"b", "gone"})]
    found = cause_base_rates(causes, TREE, TREE, 10)
    hit = {node: each.successes for node, each in found.items()}
    assert hit == {"a": 2, "a1": 1, "a2": 1, "a11": 1, "b": 1}
    assert {each.n for each in found.values()} == {10}


@given(st.lists(st.frozensets(st.sampled_from(list(TREE))), max_size=30))
def test_roll_up_equals_brute_force(causes):
    found = cause_base_rates(causes, TREE, TREE, 30)
    for node in TREE:
        below = set(TREE.with_descendants(node))
        assert found[node].successes == sum(bool(below & hit) for hit in causes)


def test_order_of_the_projects_does_not_matter():
    facts = [
        project(str(i), "failed" if i % 3 else "success", AS_OF) for i in range(20)
    ]
    shuffled = random.Random(1).sample(facts, len(facts))  # noqa: S311 - a shuffle
    assert failure_rate(facts, AS_OF) == failure_rate(shuffled, AS_OF)
