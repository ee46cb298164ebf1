"""Planning, reporting and verifying mitigations."""

import datetime as dt
from decimal import Decimal

import pytest

from failures.models import Practice
from projects.models import ProjectCause
from projects.services import mitigations
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events.models import OutboxEvent
from tests.factories.projects import ProjectFactory, taxonomy_of

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def practice():
    return Practice.objects.create(
        slug="split-first",
        title={"en": "Split first"},
        kind="prevent",
        effect=Decimal("0.40"),
        cause_slugs=["leakage"],
    )


@pytest.fixture
def project(retail, carol):
    taxonomy_of()
    project = ProjectFactory(unit=retail, owner=carol)
    for slug, is_top_level in (("leakage", True), ("lk-split", False)):
        cause_row(project, slug, is_top_level=is_top_level)
    cause_row(project, "deployment", is_top_level=True)
    return project


def cause_row(project, slug, *, is_top_level):
    score = Decimal(50)
    return ProjectCause.objects.create(
        project=project,
        cause_slug=slug,
        is_top_level=is_top_level,
        low=score,
        point=score,
        high=score,
        current=score,
        target=score,
    )


def planned(project, practice, by):
    return mitigations.plan(
        project=project, practice=practice, by=by, facts={"owner": by}
    )


def scores(project, slug):
    return project.cause_risks.values_list("current", "target").get(cause_slug=slug)


def test_plan_lowers_the_target_of_the_cause_and_its_sub_causes(
    project, practice, carol
):
    planned(project, practice, carol)
    assert scores(project, "leakage") == (Decimal("50.0"), Decimal("30.0"))
    assert scores(project, "lk-split") == (Decimal("50.0"), Decimal("30.0"))
    assert scores(project, "deployment") == (Decimal("50.0"), Decimal("50.0"))
    assert OutboxEvent.objects.filter(topic="mitigation.changed").exists()


def test_plan_refuses_the_same_practice_twice(project, practice, carol):
    planned(project, practice, carol)
    with pytest.raises(DomainError) as refusal:
        planned(project, practice, carol)
    assert refusal.value.code == "mitigation_exists"


def test_plan_refuses_a_closed_project_and_a_retired_practice(project, practice, carol):
    practice.is_retired = True
    with pytest.raises(DomainError, match="practice_retired"):
        planned(project, practice, carol)
    project.state = "closed"
    with pytest.raises(DomainError, match="project_closed"):
        planned(project, practice, carol)


def test_verify_lowers_the_current_risk(project, practice, carol, bob):
    mitigation = planned(project, practice, carol)
    mitigations.implement(mitigation=mitigation, by=carol)
    verified = mitigations.verify(mitigation=mitigation, by=bob, at=AT)
    assert (verified.state, verified.verified_by, verified.verified_at) == (
        "verified",
        bob,
        AT,
    )
    assert scores(project, "leakage") == (Decimal("30.0"), Decimal("30.0"))


def test_verify_refuses_the_owner(project, practice, alice):
    mitigation = planned(project, practice, alice)
    mitigations.implement(mitigation=mitigation, by=alice)
    with pytest.raises(DomainError) as refusal:
        mitigations.verify(mitigation=mitigation, by=alice, at=AT)
    assert refusal.value.code == "verifier_is_owner"


def test_verify_refuses_what_nobody_implemented(project, practice, carol, bob):
    mitigation = planned(project, practice, carol)
    with pytest.raises(DomainError) as refusal:
        mitigations.verify(mitigation=mitigation, by=bob, at=AT)
    assert refusal.value.code == "mitigation_step"


def test_implement_without_owner_makes_the_reporter_owner(project, practice, alice):
    mitigation = mitigations.plan(project=project, practice=practice, by=alice)
    done = mitigations.implement(mitigation=mitigation, by=alice)
    assert done.owner == alice


def test_change_refuses_the_verifier_as_new_owner(project, practice, carol, bob):
    mitigation = planned(project, practice, carol)
    mitigations.implement(mitigation=mitigation, by=carol)
    mitigations.verify(mitigation=mitigation, by=bob, at=AT)
    with pytest.raises(DomainError) as refusal:
        mitigations.change(mitigation=mitigation, by=carol, facts={"owner": bob})
    assert refusal.value.code == "verifier_is_owner"


def test_take_a_verification_back_and_raise_the_risk(project, practice, carol, bob):
    mitigation = planned(project, practice, carol)
    mitigations.implement(mitigation=mitigation, by=carol)
    mitigations.verify(mitigation=mitigation, by=bob, at=AT)
    back = mitigations.implement(mitigation=mitigation, by=bob)
    assert (back.state, back.verified_by, back.owner) == ("implemented", None, carol)
    assert scores(project, "leakage")[0] == Decimal("50.0")


def test_drop_and_plan_again_on_the_same_row(project, practice, carol):
    mitigation = planned(project, practice, carol)
    mitigations.drop(mitigation=mitigation, by=carol)
    assert scores(project, "leakage")[1] == Decimal("50.0")
    assert planned(project, practice, carol).pk == mitigation.pk


def test_change_from_a_stale_version_conflicts(project, practice, carol):
    mitigation = planned(project, practice, carol)
    mitigations.change(mitigation=mitigation, by=carol, facts={"note": "theirs"})
    with pytest.raises(EditConflict):
        mitigations.change(
            mitigation=mitigation, by=carol, facts={"note": "mine"}, expected_version=1
        )


def test_owner_without_a_role_in_the_unit_is_refused(project, practice, carol, charlie):
    with pytest.raises(DomainError) as refusal:
        planned(project, practice, charlie)
    assert refusal.value.code == "owner_outside_unit"
    mitigation = planned(project, practice, carol)
    with pytest.raises(DomainError) as refusal:
        mitigations.change(mitigation=mitigation, by=carol, facts={"owner": charlie})
    assert refusal.value.code == "owner_outside_unit"
