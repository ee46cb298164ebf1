import datetime as dt

import pytest
from django.utils.translation import override

from failures.selectors.versions import changes_of, values_before, versions
from failures.services import postmortems
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(retail, alice):
    record = PostmortemFactory(unit=retail, severity="low")
    for values in (
        {"summary": "Alarms were wrong.", "severity": "moderate"},
        {"summary": "Alarms were returns.", "detected_on": dt.date(2026, 2, 3)},
    ):
        postmortems.save_step(postmortem=record, by=alice, values=values)
    return record


def said(version):
    return {
        change.label: "".join(f"[{piece.kind}:{piece.text}]" for piece in change.pieces)
        for change in version.changes
    }


def test_changes_are_told_in_words_the_newest_first(record):
    with override("ru"):
        newest, first = (said(each) for each in versions(changes_of(record)))
    assert any("[gone:wrong.][new:returns.]" in text for text in newest.values())
    assert any("[new:3 февраля 2026 г.]" in text for text in newest.values())
    assert "[gone:Низкий][new:Умеренный]" in first.values()


def test_values_before_are_those_of_the_fields(record):
    newest, first = changes_of(record)
    assert values_before(first)["severity"] == "low"
    before = values_before(newest)
    assert before["summary"] == "Alarms were wrong."
    assert isinstance(before["detected_on"], dt.date | None)
