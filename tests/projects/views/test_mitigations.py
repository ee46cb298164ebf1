"""Pages of mitigations."""

from decimal import Decimal

import pytest
from django.urls import reverse

from failures.models import Practice
from projects.models import Mitigation
from tests.factories.projects import ProjectFactory, taxonomy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    taxonomy_of()
    return Practice.objects.create(
        slug="split-first",
        title={"en": "Split first"},
        kind="prevent",
        effect=Decimal("0.40"),
        cause_slugs=["leakage"],
    )


@pytest.fixture
def project(retail, carol):
    return ProjectFactory(unit=retail, owner=carol, name="Churn")


@pytest.fixture
def mitigation(project, practice, carol):
    return Mitigation.objects.create(project=project, practice=practice, owner=carol)


def plan(client, user, project, **changed):
    client.force_login(user)
    path = reverse("projects:mitigation-create", args=[project.pk])
    sent = {"practice": "split-first", "owner": "", "due_on": "", "note": "By May"}
    return client.post(path, sent | changed)


def move(client, user, mitigation, state):
    client.force_login(user)
    path = reverse("projects:mitigation-state", args=[mitigation.pk])
    asked = client.get(path, {"to": state})
    if asked.status_code == 200:
        client.post(path, {"to": state})
        mitigation.refresh_from_db()
    return asked


def test_plan_with_a_practice_chosen_beforehand(client, project, practice, carol):
    client.force_login(carol)
    path = reverse("projects:mitigation-create", args=[project.pk])
    shown = client.get(path, {"practice": "split-first"}).content.decode()
    assert 'value="split-first" selected' in shown
    plan(client, carol, project)
    assert Mitigation.objects.get().note == "By May"


def test_plan_keeps_what_was_typed_on_an_error(client, project, practice, carol):
    response = plan(client, carol, project, practice="unknown")
    assert "By May" in response.content.decode()
    assert "practice" in response.context["form"].errors


def test_plan_is_refused_to_those_who_only_look(
    client, project, practice, bob, charlie
):
    assert plan(client, bob, project).status_code == 403
    assert plan(client, charlie, project).status_code == 404


def test_report_then_verify_by_another(client, mitigation, carol, bob):
    move(client, carol, mitigation, "implemented")
    assert move(client, carol, mitigation, "verified").status_code == 403
    assert move(client, bob, mitigation, "verified").status_code == 200
    assert (mitigation.state, mitigation.verified_by) == ("verified", bob)


def test_drop_asks_first(client, mitigation, carol):
    asked = move(client, carol, mitigation, "dropped")
    assert "Drop this mitigation?" in asked.content.decode()
    assert mitigation.state == "dropped"


def test_an_impossible_step_says_why_and_changes_nothing(client, mitigation, bob):
    client.force_login(bob)
    path = reverse("projects:mitigation-state", args=[mitigation.pk])
    response = client.post(path, {"to": "verified"}, follow=True)
    assert "cannot go from" in response.content.decode()
    assert client.get(path, {"to": "nowhere"}).status_code == 404


def test_edit_in_conflict_shows_both(client, mitigation, carol):
    Mitigation.objects.filter(pk=mitigation.pk).update(note="Theirs", version=2)
    client.force_login(carol)
    path = reverse("projects:mitigation-edit", args=[mitigation.pk])
    sent = {"owner": "", "due_on": "", "note": "Mine", "version": "1"}
    content = client.post(path, sent).content.decode()
    assert "Theirs" in content
    assert "Mine" in content


def test_tab_offers_each_reader_their_own_steps(client, mitigation, carol, bob, vera):
    offered = {}
    Mitigation.objects.update(state="implemented")
    for user in (carol, bob, vera):
        client.force_login(user)
        path = reverse("projects:project-mitigations", args=[mitigation.project_id])
        offered[user.username] = "?to=verified" in client.get(path).content.decode()
    assert offered == {"carol": False, "bob": True, "vera": False}
