import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from failures.coding.dates import AFTER, DATES, ORDER, PRECISION, contradicting, span

DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2025, 12, 31))
PRECISIONS = st.sampled_from(["day", "month", "year"])
FIRST, LAST = dt.date(2024, 2, 1), dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("day", dt.date(2024, 2, 20), dt.date(2024, 2, 20)),
        ("month", FIRST, LAST),
        ("year", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    ],
)
def test_span_is_all_that_may_be_meant(precision, first, last):
    assert span(dt.date(2024, 2, 20), precision) == (first, last)


@given(DAYS, PRECISIONS)
def test_any_day_of_a_span_stands_for_it(day, precision):
    first, last = span(day, precision)
    assert first <= day <= last
    assert span(first, precision) == span(last, precision) == (first, last)


@given(st.dictionaries(st.sampled_from(DATES), st.tuples(DAYS, PRECISIONS)))
def test_contradiction_means_that_no_days_are_in_order(known):
    wrong = set(contradicting(known))
    assert wrong <= set(known)
    spans = {name: span(*dated) for name, dated in known.items()}
    seen = spans.get("detected_on")
    for name in AFTER:
        if name in spans:
            assert (name in wrong) == bool(seen and spans[name][1] < seen[0])
    ordered = [spans[name] for name in ORDER if name in spans]
    has_wrong = bool(wrong & set(ORDER))
    assert has_wrong == any(
        later[1] < earlier[0] for earlier, later in itertools.pairwise(ordered)
    )


def test_month_may_be_after_a_day_of_it():
    known = {
        "detected_on": (dt.date(2026, 5, 20), "day"),
        "resolved_on": (dt.date(2026, 5, 1), "month"),
    }
    assert contradicting(known) == []
    known["resolved_on"] = (dt.date(2026, 5, 1), "day")
    assert contradicting(known) == ["resolved_on"]


def test_each_date_has_a_precision():
    assert list(PRECISION) == list(DATES)
    assert len(set(PRECISION.values())) == len(DATES)
