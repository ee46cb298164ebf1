"""Scenarios hold what differs from the answers given, and nothing else."""

import pytest

from failures.models import Practice
from projects.instruments import Entry
from projects.models import Scenario
from projects.services import answers, assessments, scenarios
from projects.services.answers import AnswerRefused
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.projects import (
    AT,
    ProjectFactory,
    QuestionnaireVersionFactory,
    words,
)

pytestmark = pytest.mark.django_db
GIVEN = {"split": Entry("answered", "none"), "people": Entry("answered", "many")}
LOCKED = {"split": Entry("answered", "locked")}


@pytest.fixture
def assessed(alice, retail):
    project = ProjectFactory(unit=retail, owner=alice)
    version = QuestionnaireVersionFactory()
    draft = assessments.start(project=project, version=version, by=alice)
    answers.save_answers(assessment=draft, entries=GIVEN, by=alice)
    return assessments.submit(assessment=draft, by=alice, at=AT)


@pytest.fixture
def scenario(assessed, alice):
    return scenarios.create(
        assessment=assessed, name="Lock it", entries=LOCKED, by=alice
    )


def test_only_answers_that_differ_are_kept(assessed, alice):
    entries = {**GIVEN, **LOCKED, "stated": Entry("blank")}
    kept = scenarios.create(assessment=assessed, name="A", entries=entries, by=alice)
    assert kept.answers == {"split": {"state": "answered", "value": "locked"}}


def test_the_assessment_itself_stays_as_it_was(scenario, assessed):
    assert assessed.answers.get(question="split").value == "none"


def test_a_name_is_taken_once(scenario, assessed, alice):
    with pytest.raises(DomainError) as refused:
        scenarios.create(assessment=assessed, name=" Lock it ", by=alice)
    assert (refused.value.code, refused.value.field) == ("scenario_exists", "name")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "name_required"),
        ({"practices": ["no-such"]}, "practice_unknown"),
        ({"entries": {"split": Entry("answered", "sideways")}}, "not_a_choice"),
        ({"entries": {"nothing": Entry("unknown")}}, "unknown_question"),
    ],
)
def test_what_does_not_fit_is_refused(assessed, alice, change, code):
    with pytest.raises(DomainError) as refused:
        scenarios.create(assessment=assessed, by=alice, **{"name": "A", **change})
    assert refused.value.code == code
    assert not Scenario.objects.exists()


def test_an_answer_is_refused_by_question(assessed, alice):
    with pytest.raises(AnswerRefused) as refused:
        entries = {"split": Entry("answered", "sideways")}
        scenarios.create(assessment=assessed, name="A", entries=entries, by=alice)
    assert refused.value.question == "split"


def test_a_draft_has_no_what_if(alice, retail):
    project = ProjectFactory(unit=retail, owner=alice)
    version = QuestionnaireVersionFactory()
    draft = assessments.start(project=project, version=version, by=alice)
    with pytest.raises(DomainError, match="no_result_yet"):
        scenarios.create(assessment=draft, name="A", by=alice)


def test_no_more_than_can_be_compared(assessed, alice):
    for number in range(scenarios.MOST):
        scenarios.create(assessment=assessed, name=f"No. {number}", by=alice)
    with pytest.raises(DomainError, match="too_many_scenarios"):
        scenarios.create(assessment=assessed, name="One more", by=alice)


def test_change_replaces_all_and_counts(scenario, alice):
    Practice.objects.create(
        slug="lock-it",
        title=words("Lock it"),
        effect="0.20",
        cause_slugs=["leakage"],
    )
    changed = scenarios.change(
        scenario=scenario,
        name="Practice only",
        entries={},
        practices=["lock-it", "lock-it"],
        by=alice,
        expected_version=1,
    )
    assert (changed.answers, changed.practices, changed.version) == ({}, ["lock-it"], 2)


def test_a_stale_change_meets_the_newer_one(scenario, alice):
    fresh = {"scenario": scenario, "entries": {}, "practices": [], "by": alice}
    scenarios.change(**fresh, name="First", expected_version=1)
    with pytest.raises(EditConflict):
        scenarios.change(**fresh, name="Second", expected_version=1)


def test_delete_leaves_its_words_in_the_trail(scenario, alice):
    scenarios.delete(scenario=scenario, by=alice)
    event = AuditEvent.objects.get(verb="scenario.deleted")
    assert event.before["answers"]["split"]["value"] == "locked"
