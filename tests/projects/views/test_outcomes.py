"""Pages of outcomes."""

import pytest
from django.urls import reverse

from failures.models import Postmortem
from projects.models import Outcome
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(retail, carol):
    return ProjectFactory(unit=retail, owner=carol, name="Churn")


def sent(**changed):
    return {
        "kind": "failed",
        "happened_on": "2024-01-05",
        "stage": "evaluation",
        "statement": "Worked in the lab only.",
        "amount": "",
        "currency": "",
        **changed,
    }


def record(client, user, project, **changed):
    client.force_login(user)
    path = reverse("projects:outcome-create", args=[project.pk])
    return client.post(path, sent(**changed))


def test_record_a_failure_and_be_led_to_its_postmortem(client, project, carol):
    response = record(client, carol, project)
    outcome = Outcome.objects.get()
    assert response.url == reverse("projects:outcome-postmortem", args=[outcome.pk])


def test_record_a_success_and_return_to_the_project(client, project, alice):
    response = record(client, alice, project, kind="success")
    assert response.url == reverse("projects:project-outcome", args=[project.pk])


def test_record_keeps_what_was_typed_when_the_service_refuses(client, project, carol):
    response = record(client, carol, project, happened_on="2099-01-05", amount="5")
    content = response.content.decode()
    assert "Worked in the lab only." in content
    assert 'value="failed" required checked' in content
    assert not Outcome.objects.exists()


def test_record_is_refused_to_those_who_may_not(client, project, bob, vera, charlie):
    assert record(client, bob, project).status_code == 403
    assert record(client, vera, project).status_code == 403
    assert record(client, charlie, project).status_code == 404


def test_start_the_postmortem(client, project, carol):
    record(client, carol, project)
    outcome = Outcome.objects.get()
    path = reverse("projects:outcome-postmortem", args=[outcome.pk])
    assert client.get(path).status_code == 200
    client.post(path, {"act": "start"})
    outcome.refresh_from_db()
    assert outcome.postmortem.unit_id == project.unit_id


def test_link_an_existing_postmortem(client, project, carol):
    record(client, carol, project)
    outcome = Outcome.objects.get()
    kept = Postmortem.objects.create(reference="PM-7", unit=project.unit, author=carol)
    path = reverse("projects:outcome-postmortem", args=[outcome.pk])
    assert "PM-7" in client.get(path).content.decode()
    client.post(path, {"act": "link", "postmortem": str(kept.pk)})
    outcome.refresh_from_db()
    assert outcome.postmortem == kept


def test_link_refuses_a_postmortem_out_of_sight(client, project, carol, elsewhere):
    record(client, carol, project)
    outcome = Outcome.objects.get()
    hidden = Postmortem.objects.create(reference="PM-8", unit=elsewhere)
    path = reverse("projects:outcome-postmortem", args=[outcome.pk])
    response = client.post(path, {"act": "link", "postmortem": str(hidden.pk)})
    assert response.context["form"].errors


def test_outcome_page_shows_what_was_said_and_what_comes_next(client, project, carol):
    record(client, carol, project)
    page = client.get(reverse("projects:project-outcome", args=[project.pk]))
    content = page.content.decode()
    assert "Worked in the lab only." in content
    assert "Log the post-mortem" in content
