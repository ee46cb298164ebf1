"""Exceptions from gates: four eyes, an end, and every step of their life."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from projects.choices import AssessmentState, OverrideState
from projects.models import GateOverride
from projects.services import overrides
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events.models import OutboxEvent
from tests.factories.projects import AT
from tests.projects.reviewing import gated_version, in_state, submitted

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def assessment(retail, alice):
    """Alice submitted it, and carol asks for the exception."""
    return submitted(retail, alice, gated_version(), split="none", stated="none")


def asked(assessment, by, gate="no_split", days=30):
    return overrides.request(
        assessment=assessment,
        gate=gate,
        reason="A pilot with one user",
        expires_on=TODAY + dt.timedelta(days=days),
        by=by,
        today=TODAY,
    )


@pytest.mark.parametrize("state", AssessmentState.values)
def test_request_by_state_of_the_assessment(assessment, carol, state):
    in_state(assessment, state)
    if state in {"submitted", "in_review", "changes_requested", "approved"}:
        assert asked(assessment, carol).state == "requested"
    else:
        with pytest.raises(DomainError):
            asked(assessment, carol)


@pytest.mark.parametrize(
    ("days", "fits"), [(-1, False), (0, True), (365, True), (366, False)]
)
def test_expiry_is_within_a_year(assessment, carol, days, fits):
    if fits:
        assert asked(assessment, carol, days=days).reason
    else:
        with pytest.raises(DomainError) as refusal:
            asked(assessment, carol, days=days)
        assert refusal.value.field == "expires_on"


@pytest.mark.parametrize(
    ("gate", "code"),
    [("many", "gate_not_fired"), ("unstated", "gate_wants_review")],
)
def test_request_for_a_gate_that_needs_none(assessment, carol, gate, code):
    with pytest.raises(DomainError) as refusal:
        asked(assessment, carol, gate)
    assert refusal.value.code == code


def test_one_request_waits_at_a_time(assessment, carol, bob):
    first = asked(assessment, carol)
    with pytest.raises(DomainError) as refusal:
        asked(assessment, carol)
    assert refusal.value.code == "override_requested"
    overrides.refuse(override=first, by=bob, at=AT, note="Too long")
    assert asked(assessment, carol).pk != first.pk


ALLOWED = {
    ("requested", "approved"),
    ("requested", "refused"),
    ("requested", "withdrawn"),
    ("approved", "withdrawn"),
}


@pytest.mark.parametrize("before", OverrideState.values)
@pytest.mark.parametrize("after", overrides.ACTS)
def test_step(assessment, carol, bob, before, after):
    row = asked(assessment, carol)
    GateOverride.objects.filter(pk=row.pk).update(state=before)
    act = overrides.ACTS[after]
    if (before, after) in ALLOWED:
        assert act(override=row, by=bob, at=AT).state == after
        verb = f"assessment.override_{after}"
        assert AuditEvent.objects.filter(verb=verb).count() == 1
        assert OutboxEvent.objects.filter(topic=verb).count() == 1
    else:
        with pytest.raises(DomainError) as refusal:
            act(override=row, by=bob, at=AT)
        assert refusal.value.code == "override_step"


@pytest.mark.parametrize("act", ["approved", "refused"])
def test_decision_by_who_asked_or_submitted_is_refused(assessment, alice, carol, act):
    row = asked(assessment, carol)
    for person in (alice, carol):
        with pytest.raises(DomainError) as refusal:
            overrides.ACTS[act](override=row, by=person, at=AT)
        assert refusal.value.code == "override_by_another"


def test_who_asked_may_withdraw(assessment, carol):
    row = overrides.withdraw(override=asked(assessment, carol), by=carol, at=AT)
    assert (row.state, row.decided_by) == ("withdrawn", carol)


def test_decision_on_a_version_not_read_is_a_conflict(assessment, carol, bob):
    row = asked(assessment, carol)
    with pytest.raises(EditConflict):
        overrides.approve(override=row, by=bob, at=AT, expected_version=0)


def test_the_database_refuses_an_approval_by_who_asked(assessment, carol):
    row = asked(assessment, carol)
    row.state, row.decided_by = "approved", carol
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
