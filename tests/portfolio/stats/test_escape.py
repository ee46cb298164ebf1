"""Durations until detection."""

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from portfolio.stats.escape import days_to_detection, median
from portfolio.stats.records import PostmortemFact

DAY = dt.date(2026, 1, 1)


def record(introduced=None, detected=None):
    def on(days):
        return None if days is None else DAY + dt.timedelta(days=days)

    return PostmortemFact("x", introduced_on=on(introduced), detected_on=on(detected))


def test_leaves_out_what_is_not_known_or_runs_backwards():
    records = [
        record(0, 10),
        record(0, None),
        record(None, 10),
        record(20, 10),
    ]
    assert days_to_detection(records, "introduced") == [10]
    assert days_to_detection(records, "detectable") == []


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_median_lies_in_its_interval(days):
    found = median(days)
    assert found.value == np.median(days)
    assert min(days) <= found.low <= found.value <= found.high <= max(days)
    assert median(days) == found


def test_nothing_has_no_median():
    assert median([]).value is None
