"""Answers are checked, counted and never lost."""

import threading

import pytest
from django.db import connections

from projects.instruments import Entry, instrument_of
from projects.models import Answer, Assessment
from projects.services import answers
from projects.services.answers import AnswerRefused
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.projects import AssessmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(alice, retail):
    return AssessmentFactory(project__unit=retail, project__owner=alice)


def save(draft, by, question="stated", **entry):
    entry = {"state": "answered", **entry}
    return answers.save_answer(
        assessment=draft, question=question, entry=Entry(**entry), by=by
    )


def test_save_counts_what_is_asked(draft, alice):
    save(draft, alice, value="none")
    draft.refresh_from_db()
    assert (draft.answered_count, draft.reachable_count) == (1, 9)


def test_save_does_not_count_a_closed_branch(draft, alice):
    save(draft, alice, value="signed")
    assert (draft.answered_count, draft.reachable_count) == (1, 8)


def test_save_again_changes_nothing(draft, alice):
    first = save(draft, alice, value="oral", comment="so said Ann")
    version, events = draft.version, AuditEvent.objects.count()
    again = save(draft, alice, value="oral", comment="so said Ann")
    assert again.version == first.version
    assert (draft.version, AuditEvent.objects.count()) == (version, events)


def test_save_leaves_out_what_no_text_can_hold(draft, alice):
    saved = save(draft, alice, value="none", comment="so\0 said")
    assert saved.comment == "so said"
    text = next(
        each
        for each in instrument_of(draft.questionnaire_version).questions
        if each.kind == "text"
    )
    assert save(draft, alice, text.code, value="a\0b").value == "ab"


def test_save_tells_before_and_after(draft, alice):
    save(draft, alice, value="oral")
    save(draft, alice, value="none")
    event = AuditEvent.objects.latest("id")
    assert event.before["stated"]["value"] == "oral"
    assert event.after["stated"]["value"] == "none"
    assert event.unit_id == draft.project.unit_id


@pytest.mark.parametrize(
    ("question", "entry", "code", "field"),
    [
        ("stated", {"value": "perhaps"}, "not_a_choice", "value"),
        ("stated", {"value": ""}, "empty", "value"),
        ("who_asked", {"state": "not_applicable"}, "reason_required", "reason"),
        ("share", {"value": "many"}, "not_a_number", "value"),
        ("share", {"value": "101"}, "out_of_range", "value"),
        ("sentence", {"state": "unknown"}, "unknown_not_allowed", "value"),
        (
            "stated",
            {"value": "oral", "evidence_url": "javascript:alert(1)"},
            "not_a_link",
            "evidence_url",
        ),
        ("stranger", {"value": "x"}, "unknown_question", ""),
    ],
)
def test_save_refuses_what_does_not_fit(draft, alice, question, entry, code, field):
    with pytest.raises(AnswerRefused) as refusal:
        save(draft, alice, question, **entry)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Answer.objects.exists()


def test_save_with_a_stale_version_shows_the_other_text(draft, alice, carol):
    save(draft, alice, value="oral")
    save(draft, carol, value="none", comment="nobody wrote it down")
    with pytest.raises(EditConflict) as conflict:
        save(draft, alice, value="signed", expected_version=1)
    assert conflict.value.current.comment == "nobody wrote it down"
    assert draft.answers.get().value == "none"


def test_save_for_the_first_time_conflicts_with_a_row_written_meanwhile(
    draft, alice, carol
):
    save(draft, carol, value="none")
    with pytest.raises(EditConflict):
        save(draft, alice, value="signed", expected_version=0)


def test_clear_keeps_the_comment(draft, alice):
    save(draft, alice, value="oral", comment="ask Ann")
    cleared = save(draft, alice, state="blank", comment="ask Ann")
    assert (cleared.state, cleared.value, cleared.comment) == ("blank", None, "ask Ann")
    assert draft.answered_count == 0


def test_save_of_nothing_writes_nothing(draft, alice):
    assert save(draft, alice, state="blank") is None
    assert not Answer.objects.exists()


def test_save_after_submission_is_refused(draft, alice):
    Assessment.objects.filter(pk=draft.pk).update(
        state="submitted", submitted_at="2026-03-02T00:00Z"
    )
    with pytest.raises(DomainError) as refusal:
        save(draft, alice, value="oral")
    assert refusal.value.code == "assessment_submitted"


def test_save_many_keeps_the_right_ones(draft, alice):
    refused = answers.save_answers(
        assessment=draft,
        entries={
            "stated": Entry("answered", "oral"),
            "share": Entry("answered", "many"),
            "split": Entry("unknown"),
        },
        by=alice,
    )
    assert list(refused) == ["share"]
    assert set(draft.answers.values_list("question", flat=True)) == {"stated", "split"}
    assert draft.answered_count == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_answering_at_once_lose_nothing(draft, alice, carol):
    start = threading.Barrier(2)

    def answer(question, value, by):
        start.wait()
        save(draft, by, question, value=value)
        connections.close_all()

    threads = [
        threading.Thread(target=answer, args=("stated", "oral", alice)),
        threading.Thread(target=answer, args=("split", "locked", carol)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    draft.refresh_from_db()
    assert draft.answers.count() == 2
    assert draft.answered_count == 2
