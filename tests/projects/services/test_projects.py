"""Opening and changing projects."""

import datetime as dt

import pytest

from projects.services import projects
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events.models import OutboxEvent

pytestmark = pytest.mark.django_db


def opened(unit, by, **facts):
    return projects.create(
        unit=unit,
        by=by,
        owner=by,
        facts={"name": "Churn", "sector": "retail", **facts},
        text={"goal": "Call those who leave"},
    )


def test_create_gives_the_next_reference_and_tells(retail, carol):
    first, second = opened(retail, carol), opened(retail, carol)
    assert first.reference.startswith("PRJ-")
    assert int(second.reference[4:]) == int(first.reference[4:]) + 1
    assert first.text.goal == "Call those who leave"
    assert AuditEvent.objects.filter(target_id=str(first.pk)).get().actor == carol
    assert OutboxEvent.objects.filter(target_id=first.pk).get().unit_id == retail.pk


def test_create_refuses_an_owner_outside_the_unit(retail, alice, charlie):
    with pytest.raises(DomainError) as refusal:
        projects.create(
            unit=retail,
            by=alice,
            owner=charlie,
            facts={"name": "Churn", "sector": "retail"},
            text={},
        )
    assert (refusal.value.code, refusal.value.field) == ("owner_outside_unit", "owner")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (
            {"started_on": dt.date(2026, 2, 1), "due_on": dt.date(2026, 1, 1)},
            "due_before_start",
        ),
        ({"budget_minor": 100}, "budget_without_currency"),
        ({"currency": "EUR"}, "budget_without_currency"),
    ],
)
def test_create_refuses_nonsense(retail, carol, facts, code):
    with pytest.raises(DomainError) as refusal:
        opened(retail, carol, **facts)
    assert refusal.value.code == code


def test_change_bumps_the_version_and_keeps_only_what_differs(retail, carol):
    project = opened(retail, carol)
    changed = projects.change(
        project=project,
        by=carol,
        facts={"name": "Churn 2", "sector": "retail"},
        text={},
        expected_version=1,
    )
    assert changed.version == 2
    event = AuditEvent.objects.get(verb="project.changed")
    assert (event.before, event.after) == ({"name": "Churn"}, {"name": "Churn 2"})


def test_change_that_changes_nothing_leaves_no_trace(retail, carol):
    project = opened(retail, carol)
    same = projects.change(
        project=project, by=carol, facts={"name": "Churn"}, text={}, expected_version=1
    )
    assert same.version == 1
    assert not AuditEvent.objects.filter(verb="project.changed").exists()


def test_change_from_a_stale_version_conflicts_and_shows_the_row(retail, carol):
    project = opened(retail, carol)
    projects.change(project=project, by=carol, facts={"name": "Theirs"}, text={})
    with pytest.raises(EditConflict) as conflict:
        projects.change(
            project=project,
            by=carol,
            facts={"name": "Mine"},
            text={},
            expected_version=1,
        )
    assert conflict.value.current.name == "Theirs"


def test_change_stage_moves_only_the_stage(retail, carol):
    project = opened(retail, carol)
    moved = projects.change_stage(project=project, stage="training", by=carol)
    assert (moved.stage, moved.name) == ("training", "Churn")
