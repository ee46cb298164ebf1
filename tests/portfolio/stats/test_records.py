"""Which facts count."""

import datetime as dt

import pytest

from portfolio.stats.records import (
    CodingFact,
    PostmortemFact,
    ProjectFact,
    closed_by,
    quarter_name,
    quarter_of,
    records_of,
)


@pytest.mark.parametrize(
    ("role", "confidence", "counts"),
    [
        ("root", "known", True),
        ("contributing", "probable", True),
        ("root", "possible", False),
        ("trigger", "known", False),
        ("detection_gap", "known", False),
    ],
)
def test_takes_root_and_contributing_causes_that_are_probable(role, confidence, counts):
    assert CodingFact("a", role, confidence).counts is counts


def test_names_quarters():
    assert quarter_name(quarter_of(dt.date(2026, 3, 31))) == "2026-Q1"
    assert quarter_name(quarter_of(dt.date(2026, 12, 1))) == "2026-Q4"


def test_records_are_those_of_closed_projects():
    day = dt.date(2026, 1, 1)
    closed = ProjectFact(
        "a", "u", outcome="failed", outcome_on=day, postmortem=PostmortemFact("p")
    )
    later = ProjectFact("b", "u", outcome="success", outcome_on=dt.date(2026, 2, 1))
    assert closed_by([closed, later], day) == [closed]
    assert [record.key for record in records_of([closed, later])] == ["p"]
    assert closed.quarter == quarter_of(day)
    assert ProjectFact("c", "u").quarter is None
