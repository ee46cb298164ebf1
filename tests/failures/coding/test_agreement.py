"""Agreement equals published worked examples, and a reference library."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from failures.coding.agreement import (
    bootstrap_interval,
    cause_alpha,
    cohen_kappa,
    krippendorff_alpha,
    overall_alpha,
)

codes = st.sampled_from("abc")
pairs = st.lists(st.tuples(codes, codes), min_size=2, max_size=40)
holes = st.lists(
    st.lists(st.none() | codes, min_size=2, max_size=4), min_size=2, max_size=25
)
X = None
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, X, X, X],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, X, 3],
    [X, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, X],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, X],
]
"""Krippendorff (2011), section C: twelve units, four observers, missing data."""
MEG = "aabbdcccedda"
OWEN = "babbbcccedd" + "d"


def table(counts):
    """Return pairs from {(first, second): count}."""
    return [pair for pair, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [
        # Two readers, 50 grant proposals: a textbook example of Cohen's kappa.
        ({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}, 0.4),
        ({("y", "y"): 45, ("y", "n"): 15, ("n", "y"): 25, ("n", "n"): 15}, 0.1304),
        ({("y", "y"): 25, ("y", "n"): 35, ("n", "y"): 5, ("n", "n"): 35}, 0.2593),
    ],
)
def test_kappa_of_published_tables(counts, kappa):
    found = cohen_kappa(table(counts))
    assert found.value == pytest.approx(kappa, abs=5e-5)
    assert found.n == sum(counts.values())


def test_kappa_of_cohen_1960():
    """His table of three categories in percent: agreement .70, by chance .41."""
    percent = [[25, 13, 12], [12, 2, 16], [3, 15, 2]]
    counts = {(a, b): percent[a][b] for a in range(3) for b in range(3)}
    found = cohen_kappa(table(counts))
    observed, chance = 0.29, 0.5 * 0.4 + 0.3 * 0.3 + 0.2 * 0.3
    assert found.value == pytest.approx((observed - chance) / (1 - chance))


def test_alpha_of_krippendorff_2011():
    units = list(zip(*FOUR_OBSERVERS, strict=True))
    found = krippendorff_alpha(units)
    assert found.value == pytest.approx(0.743, abs=5e-4)
    assert found.n == 11


def test_alpha_of_two_observers_with_binary_data():
    """Krippendorff (2011), section A: ten units, four disagreements."""
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    units = list(zip(first, second, strict=True))
    assert krippendorff_alpha(units).value == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_two_observers_with_nominal_data():
    """Krippendorff (2011), section B: twelve articles, five categories."""
    units = list(zip(MEG, OWEN, strict=True))
    assert krippendorff_alpha(units).value == pytest.approx(0.692, abs=5e-4)


@given(pairs)
def test_kappa_equals_the_reference_library(given_pairs):
    found = cohen_kappa(given_pairs)
    if found.value is None:
        assert len({code for pair in given_pairs for code in pair}) == 1
        return
    numbers = np.array([["abc".index(code) for code in pair] for pair in given_pairs])
    counts, _bins = to_table(numbers, bins=3)
    with np.errstate(all="ignore"):
        reference = cohens_kappa(counts).kappa
    assert found.value == pytest.approx(reference, abs=1e-9)


@given(holes)
def test_alpha_equals_the_reference_library(units):
    found = krippendorff_alpha(units)
    if found.value is None:
        return
    most = max(len(unit) for unit in units)
    table = [[*unit, *[None] * (most - len(unit))] for unit in units]
    numbers = [
        [np.nan if code is None else "abc".index(code) for code in coder]
        for coder in zip(*table, strict=True)
    ]
    reference = krippendorff.alpha(
        reliability_data=numbers, level_of_measurement="nominal", value_domain=[0, 1, 2]
    )
    assert found.value == pytest.approx(reference, abs=1e-9)


@given(holes)
def test_alpha_equals_the_coincidence_matrix(units):
    """Computed the long way: every ordered pair of values within a unit."""
    cells = {}
    for unit in units:
        said = [code for code in unit if code is not None]
        for at, first in enumerate(said):
            for also, second in enumerate(said):
                if at != also:
                    weight = 1 / (len(said) - 1)
                    cells[first, second] = cells.get((first, second), 0) + weight
    margins = {}
    for (first, _second), weight in cells.items():
        margins[first] = margins.get(first, 0) + weight
    n = sum(margins.values())
    observed = sum(weight for (a, b), weight in cells.items() if a != b)
    expected = sum(margins[a] * margins[b] for a in margins for b in margins if a != b)
    found = krippendorff_alpha(units)
    if found.value is None:
        assert found.reason in {"too_few", "no_variation"}
    else:
        assert found.value == pytest.approx(1 - (n - 1) * observed / expected, abs=1e-9)


@given(pairs)
def test_order_names_and_sides_do_not_matter(given_pairs):
    swapped = [(b, a) for a, b in reversed(given_pairs)]
    renamed = [(a.upper(), b.upper()) for a, b in given_pairs]
    for statistic in (cohen_kappa, krippendorff_alpha):
        value = statistic(given_pairs).value
        for other in (swapped, renamed):
            assert statistic(other).value == (
                value if value is None else pytest.approx(value)
            )
        assert value is None or value <= 1


@given(st.lists(codes, min_size=2).filter(lambda found: len(set(found)) > 1))
def test_full_agreement_is_one(said):
    units = [(code, code) for code in said]
    assert cohen_kappa(units).value == pytest.approx(1)
    assert krippendorff_alpha(units).value == pytest.approx(1)


def test_what_is_not_defined_says_why():
    assert cohen_kappa([]).reason == "too_few"
    assert krippendorff_alpha([("a", None), ("a", "a")]).reason == "too_few"
    assert cohen_kappa([("a", "a")] * 5).reason == "no_variation"
    assert krippendorff_alpha([("a", "a")] * 5).value is None


RECORDS = [
    (["leakage", "drift"], ["leakage"]),
    (["leakage"], ["leakage"]),
    (["drift"], ["labels"]),
    (["labels"], ["labels", "drift"]),
] * 5


def test_alpha_of_a_cause_and_of_all():
    units = [("leakage" in a, "leakage" in b) for a, b in RECORDS]
    assert cause_alpha(RECORDS, "leakage") == krippendorff_alpha(units)
    whole = overall_alpha(RECORDS)
    assert whole.n == 20
    assert 0 < whole.value < 1
    assert cause_alpha(RECORDS, "nothing").reason == "no_variation"


def test_interval_holds_the_value_and_repeats():
    low, high = bootstrap_interval(RECORDS, overall_alpha, draws=300)
    assert low < overall_alpha(RECORDS).value < high
    assert (low, high) == bootstrap_interval(RECORDS, overall_alpha, draws=300)
    assert bootstrap_interval([], overall_alpha, draws=20) is None
