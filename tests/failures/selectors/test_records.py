import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from failures.models import CauseCoding, PostmortemText
from failures.selectors.records import day_text, parts_of, postmortem_sheet, readable
from tests.factories.failures import CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db


def test_sheet_speaks_the_language_of_the_reader_else_the_original(retail):
    record = PostmortemFactory(unit=retail, language="ru", title="Утечка")
    assert (
        postmortem_sheet(record, user=AnonymousUser(), language="zh-hans").text.title
        == "Утечка"
    )
    PostmortemText.objects.create(postmortem=record, language="zh-hans", title="泄漏")
    assert (
        postmortem_sheet(record, user=AnonymousUser(), language="zh-hans").text.title
        == "泄漏"
    )


def test_sheet_tells_the_time_to_detection_only_for_exact_dates(retail):
    record = PostmortemFactory(
        unit=retail,
        introduced_on=dt.date(2026, 1, 1),
        detected_on=dt.date(2026, 1, 31),
    )
    assert ("Time to detection", "30 days") in postmortem_sheet(
        record, user=AnonymousUser(), language="en"
    ).facts
    record.introduced_precision = "year"
    labels = [
        label
        for label, _value in postmortem_sheet(
            record, user=AnonymousUser(), language="en"
        ).facts
    ]
    assert "Time to detection" not in labels


@pytest.mark.parametrize(
    ("precision", "words"),
    [("year", "2026"), ("month", "March 2026"), ("day", "March 2, 2026")],
)
def test_day_text_is_no_more_exact_than_known(precision, words):
    assert day_text(dt.date(2026, 3, 2), precision) == words


def test_readable_and_parts_stay_within_the_scope(charlie, alice, retail):
    coding = CodingFactory(postmortem=PostmortemFactory(unit=retail))
    assert readable(alice).exists()
    assert not readable(charlie).exists()
    assert parts_of(CauseCoding, alice, coding.postmortem_id).get() == coding
    assert not parts_of(CauseCoding, charlie, coding.postmortem_id).exists()
