"""Conversations: who said what stays; what they want goes open and resolved."""

import pytest

from projects.choices import AssessmentState
from projects.models import Comment
from projects.services import threads
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.projects import AT
from tests.projects.reviewing import in_state, submitted

pytestmark = pytest.mark.django_db
TALKATIVE = {"draft", "submitted", "in_review", "changes_requested"}


@pytest.fixture
def assessment(retail, carol):
    return submitted(retail, carol)


@pytest.fixture
def thread(assessment, bob):
    return threads.open_thread(
        assessment=assessment, question="stated", text="Who?", by=bob, asks_change=True
    )


@pytest.mark.parametrize("state", AssessmentState.values)
def test_open_by_state(assessment, carol, state):
    in_state(assessment, state)
    wanted = {"assessment": assessment, "question": "split", "text": "Why?"}
    if state in TALKATIVE:
        assert threads.open_thread(by=carol, **wanted).comments.get().text == "Why?"
    else:
        with pytest.raises(DomainError):
            threads.open_thread(by=carol, **wanted)


@pytest.mark.parametrize("state", sorted(set(AssessmentState.values) - TALKATIVE))
def test_nothing_moves_once_it_is_decided(assessment, thread, bob, state):
    in_state(assessment, state)
    for act in (
        lambda: threads.comment(thread=thread, text="More", by=bob),
        lambda: threads.resolve(thread=thread, by=bob, at=AT),
        lambda: threads.reopen(thread=thread, by=bob),
        lambda: threads.ask_change(thread=thread, wanted=False, by=bob),
    ):
        with pytest.raises(DomainError):
            act()


def test_open_about_no_question_is_refused(assessment, bob):
    with pytest.raises(DomainError) as refusal:
        threads.open_thread(assessment=assessment, question="x", text="?", by=bob)
    assert refusal.value.field == "question"


def test_comment_stays_beside_the_first(thread, carol):
    threads.comment(thread=thread, text="Sales did.", by=carol)
    assert [said.text for said in thread.comments.all()] == ["Who?", "Sales did."]
    assert AuditEvent.objects.filter(verb="assessment.commented").count() == 1


def test_resolve_and_reopen(thread, bob):
    done = threads.resolve(thread=thread, by=bob, at=AT, text="Fine now.")
    assert (done.is_open, done.resolved_by, done.resolved_at) == (False, bob, AT)
    assert Comment.objects.filter(text="Fine now.").exists()
    assert threads.resolve(thread=thread, by=bob, at=AT).version == done.version
    again = threads.reopen(thread=thread, by=bob)
    assert (again.is_open, again.resolved_by) == (True, None)
    assert threads.reopen(thread=thread, by=bob).version == again.version


def test_ask_for_a_change_and_waive_it(thread, bob):
    assert not threads.ask_change(thread=thread, wanted=False, by=bob).asks_change
    assert threads.ask_change(thread=thread, wanted=True, by=bob).asks_change
    threads.ask_change(thread=thread, wanted=False, by=bob)
    threads.resolve(thread=thread, by=bob, at=AT)
    with pytest.raises(DomainError) as refusal:
        threads.ask_change(thread=thread, wanted=True, by=bob)
    assert refusal.value.code == "thread_resolved"


def test_step_on_a_version_not_read_is_a_conflict(thread, bob):
    threads.resolve(thread=thread, by=bob, at=AT)
    with pytest.raises(EditConflict):
        threads.reopen(thread=thread, by=bob, expected_version=thread.version)
