"""Sent back, approved, rejected: from which state, by whom, and what is missing."""

import datetime as dt

import pytest

from failures.models import Practice
from projects.choices import AssessmentState
from projects.models import ScoringRun
from projects.services import (
    assessments,
    decisions,
    mitigations,
    overrides,
    reviews,
    threads,
)
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events.models import OutboxEvent
from tests.factories.projects import AT, words
from tests.projects.reviewing import answer, gated_version, in_state, submitted

pytestmark = pytest.mark.django_db
UNDER_REVIEW = {"submitted", "in_review"}


@pytest.fixture
def assessment(retail, carol):
    return submitted(retail, carol)


ACTS = {
    "approved": lambda row, by: decisions.approve(assessment=row, by=by, at=AT),
    "rejected": lambda row, by: decisions.reject(
        assessment=row, by=by, at=AT, note="No"
    ),
    "changes_requested": lambda row, by: decisions.request_changes(
        assessment=row, by=by, question="split", text="Lock it."
    ),
}


@pytest.mark.parametrize("state", AssessmentState.values)
@pytest.mark.parametrize("act", ACTS)
def test_decision_by_state(assessment, bob, state, act):
    in_state(assessment, state)
    if state in UNDER_REVIEW:
        assert ACTS[act](assessment, bob).state == act
        assert AuditEvent.objects.filter(verb=f"assessment.{act}").count() == 1
        assert OutboxEvent.objects.filter(topic=f"assessment.{act}").count() == 1
    else:
        with pytest.raises(DomainError):
            ACTS[act](assessment, bob)


@pytest.mark.parametrize("act", ACTS)
def test_decision_by_who_submitted_is_refused(assessment, carol, act):
    with pytest.raises(DomainError) as refusal:
        ACTS[act](assessment, carol)
    assert refusal.value.code == "own_submission"


@pytest.mark.parametrize("act", ACTS)
def test_decision_by_who_submitted_an_earlier_round_is_refused(
    assessment, carol, alice, bob, act
):
    back = ACTS["changes_requested"](assessment, bob)
    again = assessments.submit(assessment=back, by=alice, at=AT)
    with pytest.raises(DomainError):
        ACTS[act](again, carol)


@pytest.mark.parametrize("act", ["approved", "rejected"])
def test_decision_is_kept_and_changes_no_number(assessment, bob, act):
    project = assessment.project
    project.refresh_from_db()
    before = (project.current_run_id, project.current_tier, project.current_point)
    done = ACTS[act](assessment, bob)
    project.refresh_from_db()
    assert before == (
        project.current_run_id,
        project.current_tier,
        project.current_point,
    )
    assert (done.decided_by, done.decided_at) == (bob, AT)
    assert done.decision_note == ("No" if act == "rejected" else "")


def test_decision_on_a_version_not_read_is_a_conflict(assessment, bob):
    with pytest.raises(EditConflict):
        decisions.approve(assessment=assessment, by=bob, at=AT, expected_version=1)


def test_send_back_needs_a_change_that_is_asked_for(assessment, bob):
    threads.open_thread(assessment=assessment, question="split", text="Hm", by=bob)
    with pytest.raises(DomainError) as refusal:
        decisions.request_changes(assessment=assessment, by=bob)
    assert refusal.value.code == "no_change_asked"
    assert assessment.threads.count() == 1


def test_reject_needs_a_note(assessment, bob):
    with pytest.raises(DomainError) as refusal:
        decisions.reject(assessment=assessment, by=bob, at=AT, note=" ")
    assert refusal.value.field == "note"


def test_resubmission_is_a_new_run_beside_the_older(assessment, bob, carol):
    first = ScoringRun.objects.get()
    back = ACTS["changes_requested"](assessment, bob)
    answer(back, carol, split="none")
    again = assessments.submit(assessment=back, by=carol, at=AT)
    newest = again.runs.first()
    again.project.refresh_from_db()
    assert list(again.runs.all()) == [newest, first]
    assert newest.result_digest != first.result_digest
    assert again.project.current_run_id == newest.pk
    assert again.threads.get().is_open


def test_approval_says_all_that_is_missing_at_once(retail, alice, bob, carol):
    Practice.objects.create(
        slug="ask-users",
        title=words("Ask users"),
        kind="prevent",
        effect="0.20",
        cause_slugs=["leakage"],
    )
    row = submitted(retail, carol, gated_version(), split="none", people="many")
    review = reviews.assign(assessment=row, reviewer=bob, sections=["data"], by=alice)
    thread = threads.open_thread(
        assessment=row, question="split", text="Lock it", by=bob, asks_change=True
    )
    with pytest.raises(decisions.ApprovalRefused) as refusal:
        decisions.approve(assessment=row, by=bob, at=AT)
    missing = refusal.value.missing
    assert len(missing) == 4
    for part in ("Text of split?", "Bob", "no honest test", "Ask users"):
        assert part in str(refusal.value.message)
    threads.resolve(thread=thread, by=bob, at=AT)
    reviews.give_verdict(review=review[0], verdict="accepted", by=bob, at=AT)
    mitigations.plan(
        project=row.project, practice=Practice.objects.get(slug="ask-users"), by=carol
    )
    asked = overrides.request(
        assessment=row,
        gate="no_split",
        reason="A pilot with one user",
        expires_on=AT.date() + dt.timedelta(days=10),
        by=carol,
        today=AT.date(),
    )
    with pytest.raises(decisions.ApprovalRefused):
        decisions.approve(assessment=row, by=bob, at=AT)
    overrides.approve(override=asked, by=bob, at=AT)
    with pytest.raises(decisions.ApprovalRefused):
        decisions.approve(assessment=row, by=bob, at=AT + dt.timedelta(days=11))
    assert decisions.approve(assessment=row, by=bob, at=AT).state == "approved"


def test_a_newer_submission_supersedes_the_approved_one(assessment, bob, carol):
    approved = decisions.approve(assessment=assessment, by=bob, at=AT)
    newer = assessments.start(
        project=approved.project, version=approved.questionnaire_version, by=carol
    )
    assert newer.answers.exists()
    assessments.submit(assessment=newer, by=carol, at=AT)
    approved.refresh_from_db()
    assert (approved.state, approved.decided_by) == ("superseded", bob)


def test_starting_while_it_is_sent_back_gives_it_back(assessment, bob, carol):
    back = ACTS["changes_requested"](assessment, bob)
    again = assessments.start(
        project=back.project, version=back.questionnaire_version, by=carol
    )
    assert again == back


def test_starting_anew_after_a_rejection_carries_answers_over(assessment, bob, carol):
    done = ACTS["rejected"](assessment, bob)
    anew = assessments.start(
        project=done.project, version=done.questionnaire_version, by=carol
    )
    assert anew != done
    assert {row.carried_from_id for row in anew.answers.all()} == {done.pk}


def test_a_gate_that_demands_a_review_puts_it_in_review(retail, carol):
    assert submitted(retail, carol, stated="none").state == "in_review"
    assert submitted(retail, carol, stated="oral").state == "submitted"
