"""Shrinkage against scipy's beta-binomial and on simulated classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from portfolio.stats.shrinkage import (
    MOST_STRENGTH,
    by_moments,
    log_likelihood,
    shrink,
    strength_of,
)

counts = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(counts, min_size=1, max_size=6), st.floats(0.1, 0.9))
def test_likelihood_equals_scipys_beta_binomial(classes, mean):
    for strength in (2.0, 30.0):
        a, b = strength * mean, strength * (1 - mean)
        whole = sum(stats.betabinom.logpmf(x, n, a, b) for x, n in classes)
        ways = sum(stats.binom.logpmf(x, n, 0.5) + n * np.log(2) for x, n in classes)
        expected = whole - ways
        found = log_likelihood(strength, mean, classes)
        assert found == pytest.approx(expected, abs=1e-9, rel=1e-9)


def test_fit_is_the_maximum_on_a_grid():
    classes = [(2, 40), (15, 40), (9, 35), (22, 50), (3, 45)]
    found = strength_of(0.25, classes)
    assert found.method == "marginal_likelihood"
    best = log_likelihood(found.value, 0.25, classes)
    grid = np.geomspace(0.6, 900, 2000)
    assert best >= max(log_likelihood(at, 0.25, classes) for at in grid) - 1e-9


def test_finds_the_true_strength_of_many_classes():
    generator = np.random.default_rng(11)
    rates = generator.beta(20 * 0.3, 20 * 0.7, size=400)
    classes = [(int(generator.binomial(60, each)), 60) for each in rates]
    assert 15 < strength_of(0.3, classes).value < 27
    assert 15 < by_moments(0.3, classes) < 27


def test_pools_classes_that_differ_less_than_by_chance():
    found = strength_of(0.25, [(10, 40), (10, 40), (10, 40)])
    assert found.value == MOST_STRENGTH
    assert found.method == "pooled"


def test_a_single_class_is_pooled_with_its_parent():
    assert strength_of(0.25, [(1, 4)]).method == "pooled"


@given(counts, counts)
def test_shrunken_share_lies_between_raw_and_parent(count, parent):
    found = shrink(count, parent, [count, (3, 30), (9, 30)])
    raw = count[0] / count[1]
    low, high = sorted([raw, found.towards])
    assert low - 1e-12 <= found.value <= high + 1e-12
    assert found.interval.low <= found.interval.high


def test_without_a_parent_class_the_prior_is_jeffreys():
    found = shrink((3, 10), None, [])
    assert found.towards is None
    assert found.value == pytest.approx(3.5 / 11)
    expected = stats.beta.interval(0.95, 3.5, 7.5)
    assert (found.interval.low, found.interval.high) == pytest.approx(
        expected, abs=1e-9
    )


def test_small_classes_move_more_than_large_ones():
    siblings = [(4, 8), (40, 80), (10, 80), (30, 80)]
    small = shrink((4, 8), (84, 248), siblings)
    large = shrink((40, 80), (84, 248), siblings)
    assert abs(small.value - 0.5) > abs(large.value - 0.5)
