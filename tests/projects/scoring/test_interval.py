from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring.interval import Interval, Term, mean_interval


@st.composite
def a_term(draw):
    low, point, high = sorted(draw(st.tuples(*[st.integers(0, 20)] * 3)))
    weight, certain = draw(st.integers(1, 9)), draw(st.booleans())
    return Term("q", weight, low, point, high, certain, counted=certain)


def brute_force(terms):
    """The bounds by trying every way to keep and drop the free terms."""
    lows, highs = [], []
    for kept in product((True, False), repeat=len(terms)):
        pairs = list(zip(terms, kept, strict=True))
        mean = [term for term, keep in pairs if keep]
        if mean and all(keep or not term.certain for term, keep in pairs):
            mass = sum(term.weight for term in mean)
            lows.append(Fraction(sum(t.weight * t.low for t in mean) * 5, mass))
            highs.append(Fraction(sum(t.weight * t.high for t in mean) * 5, mass))
    return min(lows), max(highs)


@settings(max_examples=200, deadline=None)
@given(st.lists(a_term(), min_size=1, max_size=7))
def test_greedy_bounds_equal_brute_force(terms):
    interval = mean_interval(terms, 20)
    assert (interval.low, interval.high) == brute_force(terms)
    assert interval.low <= interval.point <= interval.high


def test_no_terms_make_no_interval():
    assert mean_interval([], 100) is None


def test_point_counts_undetermined_terms_only_when_alone():
    sure = Term("sure", 1, 0, 0, 0)
    free = Term("free", 1, 60, 60, 60, certain=False, counted=False)
    assert mean_interval([sure, free], 100).point == 0
    assert mean_interval([free], 100).point == 60


def test_raised_lifts_each_bound_by_its_floor():
    mean = Interval(Fraction(10), Fraction(20), Fraction(30))
    assert mean.raised(15, 75) == Interval(Fraction(15), Fraction(20), Fraction(75))
    assert mean.raised(0, 0) == mean
    assert mean.raised(15, 75).width == 60
