"""Reviewers are asked, give verdicts, and give them anew where answers changed."""

import pytest

from projects.choices import AssessmentState
from projects.models import SectionReview
from projects.services import assessments, decisions, reviews
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events.models import OutboxEvent
from tests.factories.accounts import MembershipFactory
from tests.factories.projects import AT
from tests.projects.reviewing import answer, in_state, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(retail, carol):
    return submitted(retail, carol)


def asked(assessment, reviewer, by, *sections):
    return reviews.assign(
        assessment=assessment, reviewer=reviewer, sections=sections, by=by
    )


def verdict(review, what, by, note="As agreed"):
    return reviews.give_verdict(review=review, verdict=what, note=note, by=by, at=AT)


def test_assign_puts_it_in_review(assessment, alice, bob):
    rows = asked(assessment, bob, alice, "problem", "data", "data")
    assessment.refresh_from_db()
    assert assessment.state == "in_review"
    assert [row.section for row in rows] == ["problem", "data"]
    assert asked(assessment, bob, alice, "data")[0] == rows[1]
    assert OutboxEvent.objects.filter(topic="assessment.review_asked").count() == 2


@pytest.mark.parametrize(
    ("state", "then"),
    [
        ("draft", "draft"),
        ("submitted", "in_review"),
        ("in_review", "in_review"),
        ("changes_requested", "changes_requested"),
        ("approved", None),
        ("rejected", None),
        ("superseded", None),
    ],
)
def test_assign_by_state(assessment, alice, bob, state, then):
    in_state(assessment, state)
    if then is None:
        with pytest.raises(DomainError):
            asked(assessment, bob, alice)
    else:
        asked(assessment, bob, alice)
        assessment.refresh_from_db()
        assert assessment.state == then


def test_assign_refuses_who_may_not_review_or_submitted(
    assessment, alice, vera, carol, retail
):
    with pytest.raises(DomainError) as refusal:
        asked(assessment, vera, alice)
    assert refusal.value.code == "reviewer_without_right"
    MembershipFactory(user=carol, unit=retail.parent, role="manager")
    with pytest.raises(DomainError) as refusal:
        asked(assessment, carol, alice)
    assert refusal.value.code == "reviewer_submitted"


def test_assign_refuses_a_section_that_is_not_there(assessment, alice, bob):
    with pytest.raises(DomainError) as refusal:
        asked(assessment, bob, alice, "weather")
    assert refusal.value.field == "section"


def test_relieve_takes_the_question_back(assessment, alice, bob):
    reviews.relieve(review=asked(assessment, bob, alice)[0], by=alice)
    assert not SectionReview.objects.exists()
    assert AuditEvent.objects.filter(verb="assessment.review_relieved").exists()


@pytest.mark.parametrize("state", AssessmentState.values)
def test_verdict_by_state(assessment, alice, bob, state):
    row = asked(assessment, bob, alice, "data")[0]
    in_state(assessment, state)
    if state in {"submitted", "in_review"}:
        assert verdict(row, "accepted", bob).decided_at == AT
    else:
        with pytest.raises(DomainError):
            verdict(row, "accepted", bob)


def test_verdict_of_another_is_refused(assessment, alice, bob):
    row = asked(assessment, bob, alice)[0]
    with pytest.raises(DomainError) as refusal:
        verdict(row, "accepted", alice)
    assert refusal.value.code == "not_the_reviewer"


def test_verdict_for_changes_needs_a_note(assessment, alice, bob):
    row = asked(assessment, bob, alice)[0]
    with pytest.raises(DomainError) as refusal:
        verdict(row, "changes_requested", bob, note=" ")
    assert refusal.value.field == "note"


def test_verdict_can_be_taken_back_but_not_on_a_stale_page(assessment, alice, bob):
    row = asked(assessment, bob, alice)[0]
    said = verdict(row, "accepted", bob)
    with pytest.raises(EditConflict):
        reviews.give_verdict(
            review=row, verdict="pending", by=bob, at=AT, expected_version=row.version
        )
    assert verdict(said, "pending", bob).decided_at is None


def sent_back(assessment, bob):
    return decisions.request_changes(
        assessment=assessment, by=bob, question="split", text="Lock the test set."
    )


def test_resubmission_reopens_verdicts_of_changed_sections(
    assessment, alice, bob, carol
):
    problem, data = asked(assessment, bob, alice, "problem", "data")
    whole = asked(assessment, alice, alice)[0]
    for row, by in ((problem, bob), (data, bob), (whole, alice)):
        verdict(row, "accepted", by)
    back = sent_back(assessment, bob)
    answer(back, carol, share="40")
    again = assessments.submit(assessment=back, by=carol, at=AT)
    verdicts = dict(SectionReview.objects.values_list("pk", "verdict"))
    assert again.state == "in_review"
    assert verdicts == {
        problem.pk: "accepted",
        data.pk: "pending",
        whole.pk: "pending",
    }


def test_resubmission_without_another_answer_keeps_verdicts(
    assessment, alice, bob, carol
):
    row = asked(assessment, bob, alice)[0]
    verdict(row, "accepted", bob)
    assessments.submit(assessment=sent_back(assessment, bob), by=carol, at=AT)
    row.refresh_from_db()
    assert row.verdict == "accepted"


def test_who_submits_reviews_no_longer(assessment, alice, bob):
    asked(assessment, alice, bob)
    back = sent_back(assessment, bob)
    again = assessments.submit(assessment=back, by=alice, at=AT)
    assert not again.section_reviews.exists()
    assert again.state == "submitted"
