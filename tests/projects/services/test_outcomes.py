"""Recording how projects end."""

import datetime as dt

import pytest

from failures.choices import Origin
from failures.models import Postmortem
from projects.services import outcomes
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from riskbase.shared.events.models import OutboxEvent
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 5, 20)


@pytest.fixture
def project(retail, carol):
    return ProjectFactory(
        unit=retail, owner=carol, started_on=dt.date(2026, 1, 1), name="Churn"
    )


def recorded(project, by, kind, day=DAY, **facts):
    return outcomes.record(
        project=project,
        by=by,
        at=AT,
        kind=kind,
        happened_on=day,
        stage="evaluation",
        **facts,
    )


def test_record_closes_the_project_and_tells(project, alice):
    outcome = recorded(
        project, alice, "failed", cost_minor=5000, currency="EUR", statement="Alas"
    )
    project.refresh_from_db()
    assert (project.state, project.current_outcome) == ("closed", "failed")
    assert (project.current_outcome_on, outcome.quarter) == (DAY, 2026 * 4 + 1)
    told = OutboxEvent.objects.get(topic="outcome.recorded")
    assert (told.target_id, told.unit_id) == (outcome.pk, project.unit_id)
    verbs = AuditEvent.objects.values_list("verb", flat=True)
    assert set(verbs) == {"outcome.recorded", "project.closed"}


def test_record_still_running_keeps_it_open(project, alice):
    recorded(project, alice, "still_running")
    project.refresh_from_db()
    assert (project.state, project.current_outcome) == ("active", "still_running")


def test_record_makes_the_newest_current(project, alice):
    first = recorded(project, alice, "still_running")
    second = recorded(project, alice, "success")
    assert list(project.outcomes.filter(is_current=True)) == [second]
    first.refresh_from_db()
    assert not first.is_current


def test_record_still_running_later_opens_it_again(project, alice):
    recorded(project, alice, "degraded")
    recorded(project, alice, "still_running", dt.date(2026, 5, 21))
    project.refresh_from_db()
    assert project.state == "active"
    assert AuditEvent.objects.filter(verb="project.reopened").exists()


@pytest.mark.parametrize(
    ("kind", "day", "code"),
    [
        ("failed", dt.date(2026, 6, 2), "outcome_in_future"),
        ("failed", dt.date(2025, 12, 31), "outcome_before_start"),
    ],
)
def test_record_refuses_an_impossible_date(project, alice, kind, day, code):
    with pytest.raises(DomainError) as refusal:
        recorded(project, alice, kind, day)
    assert (refusal.value.code, refusal.value.field) == (code, "happened_on")


def test_record_refuses_to_open_it_again_before_it_ended(project, alice):
    recorded(project, alice, "failed")
    with pytest.raises(DomainError) as refusal:
        recorded(project, alice, "still_running", dt.date(2026, 5, 1))
    assert refusal.value.code == "outcome_before_closing"


def test_record_refuses_a_cost_without_currency(project, alice):
    with pytest.raises(DomainError) as refusal:
        recorded(project, alice, "failed", cost_minor=1)
    assert refusal.value.code == "cost_without_currency"


def test_start_postmortem_fills_in_what_is_known_and_starts_once(project, carol):
    outcome = recorded(project, carol, "failed", cost_minor=5000, currency="EUR")
    draft = outcomes.start_postmortem(outcome=outcome, by=carol)
    outcome.refresh_from_db()
    assert outcome.postmortem == draft
    assert (draft.outcome, draft.sector, draft.detected_on) == ("failed", "retail", DAY)
    assert (draft.cost_minor, draft.currency) == (5000, "EUR")
    assert draft.texts.get().title == "Churn: failed"
    assert outcomes.start_postmortem(outcome=outcome, by=carol) == draft


def test_start_postmortem_refuses_a_success(project, carol):
    outcome = recorded(project, carol, "success")
    with pytest.raises(DomainError) as refusal:
        outcomes.start_postmortem(outcome=outcome, by=carol)
    assert refusal.value.code == "outcome_is_no_failure"


def test_correct_a_failure_and_keep_its_postmortem(project, carol):
    outcome = recorded(project, carol, "failed")
    draft = outcomes.start_postmortem(outcome=outcome, by=carol)
    corrected = recorded(project, carol, "abandoned")
    outcome.refresh_from_db()
    assert (corrected.postmortem, outcome.postmortem) == (draft, None)


def test_fail_again_after_a_mistaken_success_and_keep_the_postmortem(project, carol):
    first = recorded(project, carol, "failed")
    draft = outcomes.start_postmortem(outcome=first, by=carol)
    mistaken = recorded(project, carol, "success")
    first.refresh_from_db()
    assert (first.postmortem, mistaken.postmortem) == (draft, None)
    last = recorded(project, carol, "degraded")
    first.refresh_from_db()
    assert (last.postmortem, first.postmortem) == (draft, None)
    assert outcomes.start_postmortem(outcome=last, by=carol) == draft


def test_fail_again_after_a_reopening_and_need_a_postmortem_of_its_own(project, carol):
    first = recorded(project, carol, "failed")
    outcomes.start_postmortem(outcome=first, by=carol)
    recorded(project, carol, "still_running", dt.date(2026, 5, 21))
    second = recorded(project, carol, "failed", dt.date(2026, 5, 22))
    first.refresh_from_db()
    assert first.postmortem is not None
    assert second.postmortem is None


def test_link_postmortem_refuses_one_that_explains_another(project, retail, carol):
    outcome = recorded(project, carol, "failed")
    draft = outcomes.start_postmortem(outcome=outcome, by=carol)
    other = recorded(ProjectFactory(unit=retail, owner=carol), carol, "failed")
    with pytest.raises(DomainError) as refusal:
        outcomes.link_postmortem(outcome=other, postmortem=draft, by=carol)
    assert refusal.value.code == "postmortem_linked_elsewhere"


def test_link_postmortem_refuses_an_outside_case(project, carol):
    outcome = recorded(project, carol, "failed")
    case = Postmortem.objects.create(reference="PM-X", origin=Origin.CASE)
    with pytest.raises(DomainError) as refusal:
        outcomes.link_postmortem(outcome=outcome, postmortem=case, by=carol)
    assert refusal.value.code == "postmortem_is_outside"
