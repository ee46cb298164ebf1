"""Pages of projects, for each persona."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import Project, ProjectCause
from projects.services import projects
from tests.factories.projects import ProjectFactory, taxonomy_of

pytestmark = pytest.mark.django_db
LIST = "/projects/"


def fields(unit, owner, **changed):
    """What the form sends."""
    return {
        "name": "Churn",
        "goal": "Call those who leave",
        "description": "",
        "unit": str(unit.pk),
        "owner": str(owner.pk),
        "stage": "problem_framing",
        "sector": "retail",
        "task": "",
        "modality": "",
        "sourcing": "",
        "started_on": "",
        "due_on": "",
        "amount": "",
        "currency": "",
        **changed,
    }


@pytest.fixture
def project(retail, carol):
    return projects.create(
        unit=retail,
        by=carol,
        owner=carol,
        facts={"name": "Churn", "sector": "retail"},
        text={"goal": "Call those who leave"},
    )


@pytest.fixture
def readers(alice, carol, bob, vera, admin):
    return (alice, carol, bob, vera, admin)


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"projects:{name}", args=args))


def test_list_invites_to_create_where_nothing_is_yet(client, carol):
    response = page(client, carol, "project-list")
    assert reverse("projects:project-create") in response.content.decode()


def test_list_does_not_invite_a_viewer(client, vera):
    response = page(client, vera, "project-list")
    assert reverse("projects:project-create") not in response.content.decode()


def test_list_shows_only_what_one_may_see(client, project, charlie, vera):
    assert "Churn" not in page(client, charlie, "project-list").content.decode()
    assert "Churn" in page(client, vera, "project-list").content.decode()


def test_list_remembers_filters_until_they_are_cleared(client, project, vera):
    client.force_login(vera)
    client.get(LIST, {"ordering": "name", "state": "active"})
    again = client.get(LIST)
    assert (again.status_code, again.url) == (302, f"{LIST}?ordering=name&state=active")
    client.get(LIST, {"clear": "1"})
    assert client.get(LIST).status_code == 200


def test_list_forgets_filters_that_were_emptied(client, project, vera):
    client.force_login(vera)
    client.get(LIST, {"state": "closed"})
    client.get(LIST, {"view": "list"})
    assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("search", ["chrn", "PRJ-", "hurn"])
def test_list_finds_by_name_and_reference_despite_a_slip(client, project, vera, search):
    client.force_login(vera)
    assert "Churn" in client.get(LIST, {"search": search}).content.decode()


def test_list_survives_nonsense_in_the_address(client, project, vera):
    client.force_login(vera)
    asked = {"unit": "x", "stage": "y", "size": "-1", "ordering": "z"}
    assert client.get(LIST, asked).status_code == 200
    assert client.get(LIST, {"cursor": "x"}).status_code == 302


def test_list_asks_the_same_number_of_questions_for_any_length(client, retail, vera):
    client.force_login(vera)
    client.get(LIST, {"ordering": "name"})
    counts = []
    for more in (1, 19):
        for _ in range(more):
            ProjectFactory(unit=retail)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST, {"ordering": "name"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_list_pages_through_everything_once(client, retail, vera):
    client.force_login(vera)
    made = {ProjectFactory(unit=retail).name for _ in range(30)}
    first = client.get(LIST, {"ordering": "-risk"}).context["page"]
    rest = client.get(LIST, {"ordering": "-risk", "cursor": first.next})
    shown = [row.name for row in (*first, *rest.context["page"])]
    assert (sorted(shown), len(shown)) == (sorted(made), 30)


@pytest.mark.parametrize(
    "section", ["detail", "assessments", "mitigations", "outcome", "history"]
)
def test_detail_opens_for_every_role_and_no_stranger(
    client, project, section, readers, charlie
):
    for user in readers:
        response = page(client, user, f"project-{section}", project.pk)
        assert response.status_code == 200
        assert b"<h1>Churn</h1>" in response.content
    assert page(client, charlie, f"project-{section}", project.pk).status_code == 404


def test_detail_asks_nobody_in_without_a_name(client, project):
    response = client.get(reverse("projects:project-detail", args=[project.pk]))
    assert response.status_code == 302


def test_detail_offers_edit_to_owner_and_manager_alone(
    client, project, alice, carol, bob, vera
):
    edit = reverse("projects:project-edit", args=[project.pk])
    offered = {
        user.username: edit
        in page(client, user, "project-detail", project.pk).content.decode()
        for user in (alice, carol, bob, vera)
    }
    assert offered == {"alice": True, "carol": True, "bob": False, "vera": False}


def test_detail_shows_inherent_current_and_target_of_each_cause(client, project, vera):
    taxonomy_of()
    ProjectCause.objects.create(
        project=project,
        cause_slug="leakage",
        is_top_level=True,
        low=20,
        point=50,
        high=80,
        current=40,
        target=30,
    )
    Project.objects.filter(pk=project.pk).update(current_tier="high")
    content = page(client, vera, "project-detail", project.pk).content.decode()
    for shown in ("Leakage", "50.0", "40.0", "30.0", "20.0–80.0", "<svg"):
        assert shown in content


def test_create_opens_a_project(client, retail, carol):
    client.force_login(carol)
    sent = fields(retail, carol, amount="1200.50", currency="EUR")
    response = client.post(reverse("projects:project-create"), sent)
    project = Project.objects.get()
    assert response.url == reverse("projects:project-detail", args=[project.pk])
    assert (project.budget_minor, project.text.goal) == (120050, "Call those who leave")


def test_create_keeps_what_was_typed_on_an_error(client, retail, carol):
    client.force_login(carol)
    sent = fields(retail, carol, name="", description="Long thoughts", amount="12")
    response = client.post(reverse("projects:project-create"), sent)
    assert response.status_code == 200
    assert "Long thoughts" in response.content.decode()
    assert set(response.context["form"].errors) == {"name", "currency"}


def test_create_is_refused_to_viewers_and_outside_ones_units(
    client, retail, vera, charlie
):
    create = reverse("projects:project-create")
    assert page(client, vera, "project-create").status_code == 403
    client.force_login(charlie)
    response = client.post(create, fields(retail, charlie))
    assert "unit" in response.context["form"].errors
    assert not Project.objects.exists()


def test_edit_saves(client, project, retail, carol):
    client.force_login(carol)
    edit = reverse("projects:project-edit", args=[project.pk])
    client.post(edit, fields(retail, carol, name="Churn 2", version="1"))
    project.refresh_from_db()
    assert (project.name, project.version) == ("Churn 2", 2)


def test_edit_in_conflict_shows_both_and_saves_at_the_second_try(
    client, project, retail, alice, carol
):
    projects.change(project=project, by=alice, facts={"name": "Theirs"}, text={})
    client.force_login(carol)
    edit = reverse("projects:project-edit", args=[project.pk])
    response = client.post(edit, fields(retail, carol, name="Mine", version="1"))
    content = response.content.decode()
    assert "Theirs" in content
    assert "Mine" in content
    assert 'name="version" value="2"' in content
    client.post(edit, fields(retail, carol, name="Mine", version="2"))
    project.refresh_from_db()
    assert project.name == "Mine"


def test_edit_is_refused_to_those_who_only_read(client, project, vera, charlie):
    assert page(client, vera, "project-edit", project.pk).status_code == 403
    assert page(client, charlie, "project-edit", project.pk).status_code == 404
