"""The demo portfolio: whole, marked, repeatable, removable."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction

from accounts.models import Unit
from failures.models import Postmortem
from portfolio.models import Snapshot
from portfolio.services.demo import load
from portfolio.services.demo_removal import remove
from portfolio.services.refresh import refresh
from projects.models import Assessment, Outcome, Project, ScoringRun
from riskbase.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.portfolio import AT, coded_postmortem, ended_project
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The content and the demo, loaded once for this module and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        admin = UserFactory(username="demo-admin", is_superuser=True)
        call_command("load_content", stdout=io.StringIO())
        yield load(by=admin, at=AT), admin
        transaction.set_rollback(True)


def counts():
    models = (Unit, Project, Assessment, ScoringRun, Outcome, Postmortem)
    return {model.__name__: model.objects.count() for model in models}


def test_makes_120_projects_in_four_units(demo):
    made, _admin = demo
    assert made.projects == 120
    assert Unit.objects.filter(is_demo=True, parent__is_demo=True).count() == 4
    assert made.assessments > 100
    assert made.outcomes > 60
    assert made.postmortems > 25


def test_every_row_is_marked(demo):
    projects = Project.objects.filter(is_demo=True)
    assert projects.count() == 120
    assert not projects.exclude(name__endswith="(demo)").exists()
    assert (
        not Unit.objects.filter(is_demo=True).exclude(name__endswith="(demo)").exists()
    )
    behind = Outcome.objects.filter(project__is_demo=True, postmortem__isnull=False)
    assert set(behind.values_list("postmortem__is_demo", flat=True)) == {True}


def test_projects_spread_over_the_tiers_and_predict_failure(demo):
    tiers = set(
        Project.objects.exclude(current_tier="").values_list("current_tier", flat=True)
    )
    assert {"low", "moderate", "high", "critical"} <= tiers
    ended = Project.objects.filter(current_point__isnull=False).exclude(
        current_outcome=""
    )
    failed = [p.current_point for p in ended if p.current_outcome == "failed"]
    fine = [p.current_point for p in ended if p.current_outcome == "success"]
    assert sum(failed) / len(failed) > sum(fine) / len(fine)


def test_loading_twice_changes_nothing(demo):
    _made, admin = demo
    before = counts()
    assert not any(vars(load(by=admin, at=AT)).values())
    assert counts() == before


def test_its_statistics_can_be_shown(demo):
    refresh(at=AT)
    payload = Snapshot.objects.current().get(population="portfolio", unit=None).payload
    assert payload["contains_demo"]
    assert payload["failure_rate"]["value"] is not None
    assert [row for row in payload["base_rates"]["rows"] if row["value"]]


def test_removal_takes_exactly_the_marked_rows(demo):
    own = ended_project(ProjectFactory().unit, causes=["leakage"])
    case = coded_postmortem()
    demo_count = Project.objects.filter(is_demo=True).count()
    before = counts()
    assert remove()["projects"] == demo_count
    after = counts()
    assert after["Project"] == before["Project"] - 120
    assert Project.objects.filter(pk=own.pk).exists()
    assert Postmortem.objects.filter(pk=case.pk).exists()
    assert not Unit.objects.filter(is_demo=True).exists()


def test_refuses_to_remove_a_unit_somebody_uses(demo):
    ProjectFactory(unit=Unit.objects.filter(is_demo=True).exclude(parent=None).first())
    with pytest.raises(DomainError, match="demo_unit_in_use"):
        remove()
