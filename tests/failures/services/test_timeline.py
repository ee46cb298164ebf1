import datetime as dt

import pytest

from failures.models import TimelineEntry
from failures.services import timeline
from riskbase.shared.errors import DomainError
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


def test_timeline_is_kept_in_order_of_dates(retail, alice):
    record = PostmortemFactory(unit=retail)
    late = timeline.add(
        postmortem=record, on=dt.date(2026, 2, 1), text="Seen", by=alice
    )
    timeline.add(postmortem=record, on=dt.date(2026, 1, 1), text="Begun", by=alice)
    assert [entry.text for entry in record.timeline.all()] == ["Begun", "Seen"]
    timeline.change(entry=late, on=dt.date(2025, 1, 1), text="Seen", by=alice)
    assert record.timeline.first().text == "Seen"
    timeline.remove(entry=late, by=alice)
    assert TimelineEntry.objects.count() == 1


def test_timeline_refuses_an_empty_step(retail, alice):
    record = PostmortemFactory(unit=retail)
    with pytest.raises(DomainError):
        timeline.add(postmortem=record, on=dt.date(2026, 1, 1), text=" ", by=alice)
