import datetime as dt

import pytest

from failures.services import copies
from tests.factories.failures import CauseFactory, CodingFactory, PostmortemFactory


@pytest.mark.parametrize(
    ("day", "precision", "quarter"),
    [
        (dt.date(2026, 1, 1), "day", 8104),
        (dt.date(2026, 12, 31), "month", 8107),
        (dt.date(2026, 1, 1), "year", None),
        (None, "day", None),
    ],
)
def test_quarter_is_counted_unless_only_the_year_is_known(day, precision, quarter):
    assert copies.quarter_of(day, precision) == quarter


@pytest.mark.django_db
def test_refresh_causes_stores_what_counts():
    record = PostmortemFactory()
    CodingFactory(postmortem=record, cause=CauseFactory(slug="b"), role="contributing")
    CodingFactory(postmortem=record, cause=CauseFactory(slug="a"))
    assert copies.refresh_causes(record) == ["a", "b"]


@pytest.mark.django_db
def test_refresh_search_takes_very_long_texts():
    record = PostmortemFactory()
    text = " ".join(f"word{number}" for number in range(60_000))
    record.texts.update(summary=text, actual=text, lessons=text)
    copies.refresh_search([record.pk])
    assert record.texts.filter(search="word1").exists()
