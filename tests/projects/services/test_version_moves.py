"""Open assessments move to a newer version; what was submitted never does."""

import pytest

from projects.instruments import Entry
from projects.models import ScoringRun
from projects.selectors.version_moves import left_after_move, move_page, newer_version
from projects.services import answers, assessments, questionnaires, version_moves
from projects.services.runs import replayed
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.projects import (
    AT,
    ProjectFactory,
    QuestionnaireVersionFactory,
    choice,
    question,
    small_document,
)

pytestmark = pytest.mark.django_db
SAID = {
    "stated": Entry("answered", "oral", comment="Asked twice"),
    "people": Entry("answered", "many"),
    "split": Entry("answered", "none"),
}


def newer(**changes):
    """Version 2: one choice is gone, one question is gone, one is new."""
    document = small_document(version=2, **changes)
    problem, data = document["sections"][:2]
    stated = problem["questions"][0]
    stated["choices"] = [c for c in stated["choices"] if c["code"] != "oral"]
    fresh = question(
        "fresh", weights={"leakage": 1}, choices=[choice("a", 0.0), choice("b", 1.0)]
    )
    data["questions"].append(fresh)
    return document


@pytest.fixture
def draft(retail, alice):
    project = ProjectFactory(unit=retail, owner=alice)
    version = QuestionnaireVersionFactory()
    draft = assessments.start(project=project, version=version, by=alice)
    answers.save_answers(assessment=draft, entries=SAID, by=alice)
    return draft


@pytest.fixture
def version(draft):
    return questionnaires.load(document=newer(), at=AT).version


def move(draft, version, by, **more):
    return version_moves.move(assessment=draft, version=version, by=by, **more)


def test_without_a_newer_version_there_is_nothing_to_move_to(draft, alice):
    assert newer_version(draft) is None
    elsewhere = QuestionnaireVersionFactory(questionnaire__code="other")
    with pytest.raises(DomainError) as refused:
        move(draft, elsewhere, alice)
    assert refused.value.code == "not_newer"


def test_the_page_says_what_will_happen(draft, version):
    assert newer_version(draft) == version
    page = move_page(draft, version)
    assert [each.code for each in page.again] == ["stated"]
    assert [each.code for each in page.fresh] == ["fresh"]
    assert {each.code for each in page.carried} == {"people", "split"}
    assert page.again[0].answer
    assert page.again[0].is_reworded


def test_answers_go_along_and_nothing_said_is_lost(draft, version, alice):
    moved = move(draft, version, alice)
    assert moved.questionnaire_version == version
    kept = moved.answers.get(question="split")
    assert (kept.state, kept.value) == ("answered", "none")
    again = moved.answers.get(question="stated")
    assert (again.state, again.value, again.comment) == ("blank", None, "Asked twice")
    event = AuditEvent.objects.get(verb="assessment.moved")
    assert event.before["answers"]["stated"]["value"] == "oral"
    assert event.after["again"] == ["stated"]


def test_what_is_to_be_answered_again_is_told_until_it_is(draft, version, alice):
    moved = move(draft, version, alice)
    (left,) = left_after_move(moved)
    assert (left.code, left.section) == ("stated", "problem")
    answers.save_answer(
        assessment=moved, question="stated", entry=Entry("answered", "none"), by=alice
    )
    assert left_after_move(moved) == []


def test_moving_twice_is_moving_once(draft, version, alice):
    first = move(draft, version, alice)
    again = move(first, version, alice)
    assert again.version == first.version
    assert AuditEvent.objects.filter(verb="assessment.moved").count() == 1


def test_a_stale_page_moves_nothing(draft, version, alice):
    stale = draft.version - 1
    with pytest.raises(EditConflict):
        move(draft, version, alice, expected_version=stale)


def test_what_was_submitted_stays_with_its_version(draft, alice):
    submitted = assessments.submit(assessment=draft, by=alice, at=AT)
    version = questionnaires.load(document=newer(), at=AT).version
    assert newer_version(submitted) is None
    with pytest.raises(DomainError) as refused:
        move(submitted, version, alice)
    assert refused.value.code == "assessment_state"
    run = ScoringRun.objects.select_related("record").get()
    assert replayed(run.record) == run.record.result.encode()


def test_a_moved_draft_is_scored_by_the_newer_version(draft, version, alice):
    moved = move(draft, version, alice)
    submitted = assessments.submit(assessment=moved, by=alice, at=AT)
    run = submitted.runs.get()
    assert run.instrument_digest == version.digest
