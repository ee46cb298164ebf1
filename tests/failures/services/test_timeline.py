import datetime as dt

import pytest
from django.db import ProgrammingError, transaction

from failures.models import TimelineEntry
from failures.selectors.records import steps_of
from failures.services import parts, timeline
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(retail):
    return PostmortemFactory(unit=retail)


def step(record, by, text="Seen", on=dt.date(2026, 2, 1)):
    return timeline.add(postmortem=record, values={"on": on, "text": text}, by=by)


def test_steps_stand_in_order_of_dates(record, alice):
    late = step(record, alice)
    step(record, alice, "Begun", dt.date(2026, 1, 1))
    assert [entry.text for entry in steps_of(record)] == ["Begun", "Seen"]
    timeline.correct(entry=late, values={"on": dt.date(2025, 1, 1)}, by=alice)
    assert [entry.text for entry in steps_of(record)] == ["Seen", "Begun"]


def test_correction_keeps_the_earlier_wording_and_its_reason(record, alice):
    entry = step(record, alice)
    newer = timeline.correct(
        entry=entry, values={"text": "Seen by a guard"}, by=alice, reason="Who saw it"
    )
    timeline.correct(entry=newer, values={"kind": "detected"}, by=alice)
    (shown,) = steps_of(record)
    assert (shown.text, shown.kind) == ("Seen by a guard", "detected")
    assert [former.text for former in shown.earlier] == ["Seen by a guard", "Seen"]
    assert newer.correction_reason == "Who saw it"


def test_withdrawn_step_leaves_the_story_but_not_the_record(record, alice):
    entry = step(record, alice)
    timeline.withdraw(entry=entry, by=alice)
    assert steps_of(record) == []
    assert TimelineEntry.objects.filter(pk=entry.pk, text="Seen").exists()


def test_correcting_what_was_replaced_corrects_what_stands_now(record, alice):
    entry = step(record, alice)
    timeline.correct(entry=entry, values={"text": "Seen late"}, by=alice)
    newest = timeline.correct(entry=entry, values={"text": "Hardly seen"}, by=alice)
    assert newest.version == 3
    assert [each.text for each in steps_of(record)] == ["Hardly seen"]
    timeline.withdraw(entry=entry, by=alice)
    with pytest.raises(parts.Removed):
        timeline.correct(entry=entry, values={"text": "Never seen"}, by=alice)


def test_stale_version_is_a_conflict_and_no_change_is_none(record, alice):
    entry = step(record, alice)
    with pytest.raises(EditConflict):
        timeline.withdraw(entry=entry, by=alice, expected_version=7)
    same = timeline.correct(entry=entry, values={"text": "Seen"}, by=alice)
    assert same == entry
    assert TimelineEntry.objects.count() == 1


@pytest.mark.parametrize("change", [{"text": "Never happened"}, {"is_withdrawn": True}])
def test_the_database_refuses_to_rewrite_a_step(record, alice, change):
    entry = step(record, alice)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        TimelineEntry.objects.filter(pk=entry.pk).update(**change)


def test_the_author_of_a_step_can_be_forgotten(record, alice):
    entry = step(record, alice)
    TimelineEntry.objects.filter(pk=entry.pk).update(author=None)
    assert TimelineEntry.objects.get().author is None


def test_an_empty_step_is_refused(record, alice):
    with pytest.raises(DomainError):
        step(record, alice, " ")
