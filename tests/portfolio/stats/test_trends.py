"""Windows of four quarters; a change is flagged only between disjoint ones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from portfolio.stats.trends import Quarter, quarters, rolling


def test_fills_quarters_without_endings():
    found = quarters([(8000, True), (8003, False)], 8004)
    assert [(part.quarter, part.successes, part.n) for part in found] == [
        (8000, 1, 1),
        (8001, 0, 0),
        (8002, 0, 0),
        (8003, 0, 1),
        (8004, 0, 0),
    ]


def test_nothing_has_no_quarters():
    assert quarters([], 8000) == []
    assert rolling([]) == []


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 5)), max_size=14))
def test_windows_equal_brute_force(pairs):
    series = [Quarter(i, hit, hit + miss) for i, (hit, miss) in enumerate(pairs)]
    found = rolling(series)
    assert len(found) == max(0, len(series) - 3)
    for window in found:
        inside = series[window.quarter - 3 : window.quarter + 1]
        assert window.rate.n == sum(part.n for part in inside)
        assert window.rate.successes == sum(part.successes for part in inside)


def test_flags_a_change_only_when_disjoint_intervals_separate():
    calm = [Quarter(i, 2, 20) for i in range(4)]
    storm = [Quarter(i, 14, 20) for i in range(4, 8)]
    flags = [window.change for window in rolling(calm + storm)]
    assert flags[-1] == "up"
    assert flags[:4] == ["", "", "", ""]
    down = [window.change for window in rolling(storm[:0] + calm[::-1] + calm)]
    assert set(down) == {""}


def test_seldom_flags_pure_noise():
    generator = np.random.default_rng(3)
    flagged = 0
    for _ in range(200):
        draws = generator.binomial(12, 0.4, size=8)
        series = [Quarter(i, int(x), 12) for i, x in enumerate(draws)]
        flagged += bool(rolling(series)[-1].change)
    assert flagged / 200 < 0.05
