"""The date of the next assessment follows the project, or a person's reason."""

import datetime as dt

import pytest

from projects.scoring.cadence import days_until_due
from projects.services import outcomes, projects, reassessments
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.projects import AT, ProjectFactory
from tests.factories.runs import scored

pytestmark = pytest.mark.django_db
TODAY = AT.date()
LATER = TODAY + dt.timedelta(days=10)


@pytest.fixture
def project(retail, alice):
    run = scored(unit=retail, by=alice)
    return run.assessment.project.__class__.objects.get(pk=run.assessment.project_id)


def move(project, by, **more):
    values = {"on": LATER, "reason": "After the pilot", "today": TODAY, **more}
    return reassessments.move(project=project, by=by, **values)


def test_submission_sets_it_from_tier_and_stage(project):
    days = days_until_due(project.current_tier, project.stage)
    assert project.reassess_on == TODAY + dt.timedelta(days=days)


def test_going_into_use_brings_it_nearer(project, alice):
    before = project.reassess_on
    changed = projects.change_stage(project=project, stage="operation", by=alice)
    assert changed.reassess_on < before


def test_the_end_takes_it_away(project, alice):
    outcomes.record(
        project=project,
        by=alice,
        at=AT,
        kind="success",
        happened_on=TODAY,
        stage="operation",
        statement="Runs.",
    )
    project.refresh_from_db()
    assert project.reassess_on is None
    with pytest.raises(DomainError) as refused:
        move(project, alice)
    assert refused.value.code == "nothing_to_reassess"


def test_another_date_needs_a_reason_and_is_audited(project, alice):
    with pytest.raises(DomainError) as refused:
        move(project, alice, reason=" ")
    assert refused.value.field == "reason"
    moved = move(project, alice)
    assert moved.reassess_on == LATER
    event = AuditEvent.objects.get(verb="project.reassessment_moved")
    assert event.after == {
        "reassess_on": LATER.isoformat(),
        "reason": "After the pilot",
    }
    move(moved, alice)
    assert AuditEvent.objects.filter(verb="project.reassessment_moved").count() == 1


@pytest.mark.parametrize("days", [-1, 731])
def test_dates_out_of_range_are_refused(project, alice, days):
    with pytest.raises(DomainError) as refused:
        move(project, alice, on=TODAY + dt.timedelta(days=days))
    assert refused.value.code == "date_out_of_range"


def test_a_stale_form_changes_nothing(project, alice):
    with pytest.raises(EditConflict):
        move(project, alice, expected_version=project.version - 1)


def test_a_project_never_assessed_has_no_date(retail, alice):
    fresh = ProjectFactory(unit=retail, owner=alice)
    assert reassessments.expected(fresh) is None
