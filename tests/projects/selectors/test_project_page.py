"""What the page of a project shows, and which step comes next."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from failures.models import Practice
from projects.models import Mitigation, ScoringRun
from projects.selectors.history import history_of
from projects.selectors.project_page import Step, project_page
from projects.services import mitigations, outcomes, projects
from tests.factories.projects import AssessmentFactory, ProjectFactory, taxonomy_of

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def project(retail, carol):
    return ProjectFactory(unit=retail, owner=carol, name="Churn")


@pytest.fixture
def practice():
    taxonomy_of()
    return Practice.objects.create(
        slug="split-first",
        title={"en": "Split first"},
        kind="prevent",
        effect=0,
        cause_slugs=["leakage"],
    )


def run_of(project, at=AT):
    assessment = AssessmentFactory(project=project, state="submitted", submitted_at=at)
    run = ScoringRun.objects.create(
        assessment=assessment,
        instrument_digest="0",
        engine_version="1",
        result_digest="0",
        provisional=False,
        completeness=1,
        created_at=at,
    )
    project.current_run = run
    project.save()
    return run


def ended(project, by, kind, day=dt.date(2026, 5, 1)):
    outcome = outcomes.record(
        project=project, by=by, at=AT, kind=kind, happened_on=day, stage="training"
    )
    project.refresh_from_db()
    return outcome


def step(project, viewer):
    return project_page(project, viewer).journey.next


def test_lead_from_assessment_to_statistics(project, practice, carol):
    assert step(project, carol) == Step.ASSESS
    run_of(project)
    assert step(project, carol) == Step.MITIGATE
    Mitigation.objects.create(project=project, practice=practice)
    assert step(project, carol) == Step.CLOSE
    outcome = ended(project, carol, "failed")
    assert step(project, carol) == Step.EXPLAIN
    outcomes.start_postmortem(outcome=outcome, by=carol)
    assert step(project, carol) == Step.LEARN


def test_send_no_ended_project_back_to_be_assessed(project, carol):
    ended(project, carol, "success")
    journey = project_page(project, carol).journey
    assert journey.next == Step.LEARN
    assert journey.skipped == {Step.ASSESS, Step.MITIGATE, Step.EXPLAIN}


def test_ask_how_it_ended_once_the_result_was_due(project, carol):
    run_of(project)
    project.due_on = dt.date(2024, 5, 1)
    assert step(project, carol) == Step.CLOSE
    project.current_outcome_on = dt.date(2024, 5, 2)
    assert step(project, carol) == Step.MITIGATE


def test_hold_the_outcome_against_the_run_frozen_before_it(project, carol):
    run = run_of(project)
    ended(project, carol, "failed")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    run_of(project, at=later)
    assert project_page(project, carol).ending.prediction == run


def test_tell_that_a_postmortem_exists_to_those_who_may_not_read_it(
    project, carol, vera
):
    outcome = ended(project, carol, "failed")
    draft = outcomes.start_postmortem(outcome=outcome, by=carol)
    assert project_page(project, carol).ending.postmortem == draft
    ending = project_page(project, vera).ending
    assert (ending.postmortem, ending.has_hidden_postmortem) == (None, True)


def test_ask_the_same_number_of_questions_for_any_number_of_rows(project, carol):
    counts = []
    for start, stop in ((0, 1), (1, 12)):
        for number in range(start, stop):
            practice = Practice.objects.create(
                slug=f"p{number}", title={}, kind="prevent", effect=0, cause_slugs=[]
            )
            Mitigation.objects.create(project=project, practice=practice, owner=carol)
            run_of(project)
        with CaptureQueriesContext(connection) as asked:
            project_page(project, carol)
            history_of(project)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_tell_the_history_newest_first_with_what_changed(retail, carol, practice):
    project = projects.create(
        unit=retail,
        by=carol,
        owner=carol,
        facts={"name": "Churn", "sector": "retail"},
        text={},
    )
    projects.change_stage(project=project, stage="training", by=carol)
    mitigations.plan(project=project, practice=practice, by=carol)
    planned, changed, opened = history_of(project)
    assert (opened.title, opened.who) == ("Project opened", "Carol")
    told = [(one.label, one.before, one.after) for one in changed.changes]
    assert told == [("Stage", "Problem framing", "Training")]
    assert planned.subject == {"en": "Split first"}
