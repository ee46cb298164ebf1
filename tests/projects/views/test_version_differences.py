"""Two versions side by side, for who may read both."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from projects.scoring.writing import source_of
from projects.services import drafts
from tests.factories.projects import QuestionnaireVersionFactory
from tests.factories.runs import harsher

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(olga):
    copied = drafts.copy(version=QuestionnaireVersionFactory(), by=olga)
    return drafts.save(version=copied, source=source_of(harsher()), by=olga)


def page(version):
    return reverse("projects:questionnaire-difference", args=[version.pk])


def shown(client, version, **query):
    return client.get(page(version), query).content.decode()


def test_draft_against_what_is_in_force(client, draft, olga):
    client.force_login(olga)
    text = shown(client, draft)
    assert "choices[oral].signal" in text
    assert "unsigned" in text
    assert "Lines of the source" not in text
    by_line = shown(client, draft, lines="1")
    assert "code: sealed" in by_line


def test_drafts_are_offered_to_authors_alone(client, draft, alice):
    client.force_login(alice)
    version = QuestionnaireVersionFactory()
    assert str(draft.pk) not in shown(client, version)
    assert client.get(page(version), {"with": draft.pk}).status_code == 404
    assert client.get(page(version), {"with": "x"}).status_code == 404


def test_the_api_tells_the_same(draft, olga):
    api = APIClient()
    api.force_authenticate(olga)
    path = f"/api/v1/questionnaires/{draft.pk}/differences/"
    found = api.get(path).json()
    assert found["base"] == str(QuestionnaireVersionFactory().pk)
    gates = [c for c in found["changes"] if c["kind"] == "gate"]
    assert {gate["code"]: gate["fate"] for gate in gates} == {
        "no_problem": "changed",
        "unsigned": "added",
    }
    assert api.get(path, {"with": "x"}).status_code == 400
    assert api.get(path, {"with": str(draft.pk)}).status_code == 400
