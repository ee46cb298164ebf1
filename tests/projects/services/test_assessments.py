"""Assessments start with what is known, and close with a frozen result."""

import pytest

from projects.instruments import Entry
from projects.models import ProjectCause, ScoringRun
from projects.services import answers, assessments
from riskbase.shared.errors import DomainError
from riskbase.shared.events.models import OutboxEvent
from tests.factories.projects import (
    AT,
    ProjectFactory,
    QuestionnaireVersionFactory,
    small_document,
)

pytestmark = pytest.mark.django_db

GOOD = {
    "stated": "signed",
    "people": "few",
    "split": "locked",
    "signs": ["nothing"],
    "stable": 5,
    "share": "100",
}
BAD = {**GOOD, "stated": "none", "who_asked": "fashion", "split": "none"}


@pytest.fixture
def project(alice, retail):
    return ProjectFactory(unit=retail, owner=alice)


@pytest.fixture
def version(db):
    return QuestionnaireVersionFactory()


def filled(project, version, by, said):
    draft = assessments.start(project=project, version=version, by=by)
    entries = {code: Entry("answered", value) for code, value in said.items()}
    assert not answers.save_answers(assessment=draft, entries=entries, by=by)
    return draft


def submitted(project, version, by, said):
    draft = filled(project, version, by, said)
    return assessments.submit(assessment=draft, by=by, at=AT)


def test_start_again_returns_the_draft(project, version, alice, carol):
    first = assessments.start(project=project, version=version, by=alice)
    assert assessments.start(project=project, version=version, by=carol) == first


def test_start_carries_over_equal_questions(project, version, alice):
    screening = QuestionnaireVersionFactory(
        questionnaire__code="short",
        document=small_document(
            "short", sections=small_document()["sections"][:1], gates=[]
        ),
    )
    earlier = filled(project, screening, alice, {"stated": "oral"})
    full = assessments.start(project=project, version=version, by=alice)
    answer = full.answers.get()
    assert (answer.question, answer.value) == ("stated", "oral")
    assert answer.carried_from == earlier
    assert full.answered_count == 1


def test_start_leaves_behind_what_no_longer_fits(project, version, alice):
    changed = small_document("other")
    changed["sections"][0]["questions"][0]["choices"][1]["code"] = "spoken"
    other = QuestionnaireVersionFactory(questionnaire__code="other", document=changed)
    filled(project, other, alice, {"stated": "spoken", "split": "locked"})
    full = assessments.start(project=project, version=version, by=alice)
    assert [answer.question for answer in full.answers.all()] == ["split"]


def test_submit_freezes_the_run_and_the_current_risk(project, version, alice):
    assessment = submitted(project, version, alice, BAD)
    run = ScoringRun.objects.get()
    project.refresh_from_db()
    # A gate demands a review.
    assert assessment.state == "in_review"
    assert project.current_run == run
    assert project.current_tier == run.tier == assessment.tier == "moderate"
    assert run.binding_cause == "unclear-problem"
    assert project.current_point == run.point == 100
    leakage = ProjectCause.objects.get(cause_slug="leakage")
    assert leakage.point == leakage.current == leakage.target == 75
    assert OutboxEvent.objects.filter(topic="assessment.submitted").count() == 1


def test_submit_of_an_empty_form_is_not_assessable(project, version, alice):
    draft = assessments.start(project=project, version=version, by=alice)
    with pytest.raises(DomainError) as refusal:
        assessments.submit(assessment=draft, by=alice, at=AT)
    assert refusal.value.code == "not_assessable"
    draft.refresh_from_db()
    assert draft.is_draft


def test_submit_of_unknowns_alone_is_not_assessable(project, version, alice):
    draft = assessments.start(project=project, version=version, by=alice)
    entries = {code: Entry("unknown") for code in GOOD}
    answers.save_answers(assessment=draft, entries=entries, by=alice)
    with pytest.raises(DomainError):
        assessments.submit(assessment=draft, by=alice, at=AT)


def test_an_answer_under_a_closed_branch_is_worth_nothing(
    alice, retail, version, project
):
    submitted(project, version, alice, GOOD)
    other = ProjectFactory(unit=retail, owner=alice)
    submitted(other, version, alice, {**GOOD, "who_asked": "fashion"})
    runs = ScoringRun.objects.order_by("id")
    assert runs[0].point == runs[1].point == 0
    assert '"hidden":["who_asked"]' in runs[1].record.result


def test_submit_supersedes_the_earlier_one(project, version, alice):
    first = submitted(project, version, alice, GOOD)
    second = submitted(project, version, alice, BAD)
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "in_review")
    project.refresh_from_db()
    assert project.current_run.assessment == second


def test_submit_twice_is_refused(project, version, alice):
    assessment = submitted(project, version, alice, GOOD)
    with pytest.raises(DomainError) as refusal:
        assessments.submit(assessment=assessment, by=alice, at=AT)
    assert refusal.value.code == "assessment_submitted"
    assert ScoringRun.objects.count() == 1


def test_start_on_a_closed_project_is_refused(project, version, alice):
    project.state = "closed"
    project.save()
    with pytest.raises(DomainError):
        assessments.start(project=project, version=version, by=alice)
