import datetime as dt

import pytest

from failures.selectors.versions import changes_of
from failures.services import postmortems
from failures.services.parts import WrongState
from failures.services.versions import restore
from riskbase.shared.errors import EditConflict
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db
FIRST = {"summary": "First", "detected_on": dt.date(2026, 1, 2), "promised": 0.8}


@pytest.fixture
def record(retail, alice):
    record = PostmortemFactory(unit=retail)
    later = {"summary": "Second", "detected_on": None, "promised": None}
    for values in (FIRST, later, {"lessons": "Look twice"}):
        record = postmortems.save_step(postmortem=record, by=alice, values=values)
    return record


def told(record):
    record.refresh_from_db()
    text = record.texts.get()
    return text.summary, record.detected_on, record.detail.promised, text.lessons


def test_what_stood_before_stands_again_and_nothing_else_moves(record, alice):
    _lessons, second, _first = changes_of(record)
    restore(postmortem=record, event=second, by=alice)
    assert told(record) == ("First", dt.date(2026, 1, 2), 0.8, "Look twice")
    undone = changes_of(record)[0]
    restore(postmortem=record, event=undone, by=alice)
    assert told(record) == ("Second", None, None, "Look twice")


def test_stale_versions_and_frozen_records_are_refused(record, alice):
    event = changes_of(record)[1]
    with pytest.raises(EditConflict):
        restore(postmortem=record, event=event, by=alice, expected_version=1)
    type(record).objects.update(state="approved")
    with pytest.raises(WrongState):
        restore(postmortem=record, event=event, by=alice)
