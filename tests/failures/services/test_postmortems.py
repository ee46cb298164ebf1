import datetime as dt

import pytest

from failures.models import Postmortem
from failures.services import actions, coding, parts, postmortems
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events.models import OutboxEvent
from tests.factories.failures import CauseFactory, CodingFactory, PostmortemFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


@pytest.fixture
def draft(retail, carol):
    return postmortems.create_draft(
        unit=retail,
        by=carol,
        title="Churn score never used",
        facts={"sector": "retail", "detected_on": dt.date(2026, 5, 4), "metric": "AUC"},
    )


def test_create_draft_splits_facts_prose_and_details(draft):
    row = Postmortem.objects.get(pk=draft.pk)
    assert row.reference.startswith("PM-")
    assert row.sector == "retail"
    assert row.quarter == 2026 * 4 + 1
    assert row.texts.get().title == "Churn score never used"
    assert row.detail.metric == "AUC"
    assert AuditEvent.objects.filter(verb="postmortem_created").exists()


def test_create_draft_refuses_an_unknown_field(retail, carol):
    with pytest.raises(KeyError):
        postmortems.create_draft(unit=retail, by=carol, facts={"state": "published"})


def test_save_step_bumps_the_version_only_on_change(draft, carol):
    saved = postmortems.save_step(postmortem=draft, by=carol, values={"summary": "New"})
    assert saved.version == 2
    same = postmortems.save_step(
        postmortem=draft, by=carol, values={"summary": "New"}, expected_version=1
    )
    assert same.version == 2


def test_save_step_keeps_both_on_a_conflict(draft, carol, alice):
    postmortems.save_step(
        postmortem=draft, by=alice, values={"summary": "Theirs"}, expected_version=1
    )
    with pytest.raises(EditConflict) as raised:
        postmortems.save_step(
            postmortem=draft, by=carol, values={"summary": "Mine"}, expected_version=1
        )
    assert raised.value.current.version == 2
    assert draft.texts.get().summary == "Theirs"


def test_publish_needs_what_the_statistics_need(draft, alice):
    with pytest.raises(postmortems.NotReady) as raised:
        postmortems.publish(postmortem=draft, by=alice, at=NOW)
    assert {gap.code for gap in raised.value.missing} == {"summary", "outcome", "cause"}


def test_publish_tells_the_others(draft, alice):
    values = {"summary": "It failed.", "outcome": "abandoned"}
    postmortems.save_step(postmortem=draft, by=alice, values=values)
    CauseFactory(slug="leakage")
    coding.add(
        postmortem=draft,
        cause="leakage",
        judgement=coding.Judgement("root", "known", evidence="The replay."),
        by=alice,
    )
    with pytest.raises(postmortems.NotReady) as raised:
        postmortems.publish(postmortem=draft, by=alice, at=NOW)
    assert [gap.code for gap in raised.value.missing] == ["actions"]
    follow_up = {"text": "Split by part", "kind": "prevent", "cause_slug": "leakage"}
    actions.add(postmortem=draft, values=follow_up, by=alice)
    row = postmortems.publish(postmortem=draft, by=alice, at=NOW)
    assert (row.state, row.published_by, row.published_at) == ("published", alice, NOW)
    event = OutboxEvent.objects.get(topic="postmortem.published")
    assert event.payload["causes"] == ["leakage"]
    with pytest.raises(postmortems.WrongState):
        postmortems.save_step(postmortem=row, by=alice, values={"summary": "Later"})


def test_submit_needs_title_and_summary(draft, carol):
    with pytest.raises(postmortems.NotReady):
        postmortems.submit_for_review(postmortem=draft, by=carol)
    postmortems.save_step(postmortem=draft, by=carol, values={"summary": "It failed."})
    row = postmortems.submit_for_review(postmortem=draft, by=carol)
    assert row.state == "in_review"


def test_return_takes_a_published_record_out_of_the_statistics(alice, retail):
    row = PostmortemFactory(published=True, unit=retail)
    CodingFactory(postmortem=row)
    postmortems.return_to_draft(postmortem=row, by=alice, reason="Names a customer")
    row.refresh_from_db()
    assert (row.state, row.published_at) == ("draft", None)
    assert OutboxEvent.objects.filter(topic="postmortem.changed").exists()
    event = AuditEvent.objects.get(verb="postmortem_returned")
    assert event.after["reason"] == "Names a customer"


def test_set_visibility_is_recorded(draft, carol):
    postmortems.set_visibility(postmortem=draft, visibility="organization", by=carol)
    event = AuditEvent.objects.get(verb="postmortem_opened_to")
    assert (event.before, event.after) == (
        {"visibility": "unit"},
        {"visibility": "organization"},
    )


def test_change_of_language_moves_the_text_along(draft, carol):
    row = postmortems.save_step(postmortem=draft, by=carol, values={"language": "ru"})
    assert row.texts.get().language == "ru"


def test_approval_freezes_the_record_until_it_is_returned(draft, carol, alice):
    CodingFactory(postmortem=draft, role="contributing")
    values = {"summary": "Nobody used it.", "outcome": "failed"}
    postmortems.save_step(postmortem=draft, by=carol, values=values)
    with pytest.raises(parts.WrongState):
        postmortems.approve(postmortem=draft, by=alice, at=NOW)
    postmortems.submit_for_review(postmortem=draft, by=carol)
    row = postmortems.approve(postmortem=draft, by=alice, at=NOW)
    assert (row.state, row.approved_by) == ("approved", alice)
    with pytest.raises(parts.WrongState):
        postmortems.save_step(postmortem=row, by=carol, values={"summary": "Other"})
    row = postmortems.return_to_draft(postmortem=row, by=alice, reason="One more look")
    assert (row.state, row.approved_at) == ("changes_requested", None)
    postmortems.submit_for_review(postmortem=row, by=carol)
    row = postmortems.publish(postmortem=row, by=alice, at=NOW)
    assert (row.state, row.approved_by, row.approved_at) == ("published", alice, NOW)


def test_approval_names_what_is_missing(draft, carol, alice):
    postmortems.save_step(postmortem=draft, by=carol, values={"summary": "Unused."})
    postmortems.submit_for_review(postmortem=draft, by=carol)
    with pytest.raises(postmortems.NotReady) as raised:
        postmortems.approve(postmortem=draft, by=alice, at=NOW)
    assert {gap.code for gap in raised.value.missing} == {"outcome", "cause"}


def test_a_range_upside_down_is_refused(draft, carol):
    upside_down = {"affected_low": 9, "affected_high": 3}
    with pytest.raises(DomainError) as raised:
        postmortems.save_step(postmortem=draft, by=carol, values=upside_down)
    assert raised.value.field == "affected_high"
