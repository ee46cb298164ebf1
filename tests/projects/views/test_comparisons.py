"""The page and the API of a comparison."""

import uuid

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from projects.selectors.comparisons import results_of
from tests.factories.runs import scored
from tests.projects.selectors.test_comparisons import project  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def path(project):  # noqa: F811
    return reverse("projects:project-compare", args=[project.pk])


def test_the_two_newest_are_compared_unless_others_are_asked_for(
    client,
    project,  # noqa: F811
    alice,
):
    client.force_login(alice)
    page = client.get(path(project)).content.decode()
    assert "2 answers differ" in page
    after, before = results_of(project)
    turned = {"from": after.assessment_id, "to": before.assessment_id}
    assert client.get(path(project), turned).status_code == 200
    all_of_them = client.get(path(project), {"only": "all"}).content.decode()
    assert all_of_them.count("<tr>") > page.count("<tr>")


def test_assessments_of_other_projects_are_not_found(
    client,
    project,  # noqa: F811
    alice,
    retail,
):
    other = scored(unit=retail, by=alice).assessment_id
    client.force_login(alice)
    for strange in (other, uuid.uuid4(), "no-id"):
        assert client.get(path(project), {"from": strange}).status_code == 404


def test_one_assessment_teaches_what_to_do(client, alice, retail):
    run = scored(unit=retail, by=alice)
    client.force_login(alice)
    page = client.get(path(run.assessment.project)).content.decode()
    assert "There is nothing to compare yet" in page


def test_over_rest(project, alice):  # noqa: F811
    api = APIClient()
    api.force_authenticate(alice)
    where = f"/api/v1/projects/{project.pk}/comparison/"
    told = api.get(where).json()
    changed = {row["question"] for row in told["answers"] if row["is_changed"]}
    assert changed == {"people", "split"}
    assert float(told["likelihood"]["change"]) <= 0
    for strange in ("no-id", str(uuid.uuid4())):
        answer = api.get(where, {"to": strange})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "/to"
