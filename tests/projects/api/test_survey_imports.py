"""A survey is imported by the API; what a file may not be, its JSON may not be."""

import json

import pytest
from rest_framework.test import APIClient

from projects.models import QuestionnaireVersion
from tests.factories.projects import taxonomy_of
from tests.projects.scoring.surveyjs.examples import a_survey, one_page

pytestmark = pytest.mark.django_db
PATH = "/api/v1/questionnaires/import/"


def client_of(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


@pytest.fixture
def api(olga):
    taxonomy_of()
    return client_of(olga)


def test_a_draft_and_a_report_come_back(api):
    asked = {"survey": a_survey(), "code": "go-live", "minutes": 7, "title": "Ours"}
    answer = api.post(PATH, asked)
    assert answer.status_code == 201, answer.json()
    found = answer.json()
    draft = QuestionnaireVersion.objects.get()
    assert found["draft"]["id"] == str(draft.pk)
    assert (found["draft"]["minutes"], found["draft"]["title"]) == (7, "Ours")
    assert answer["Location"].endswith(f"/api/v1/questionnaires/{draft.pk}/")
    report = found["report"]
    assert report["languages"] == ["en", "fr"]
    assert report["names"]["signedOn"] == "signed_on"
    assert report["counts"]["conditions_lost"] == 1
    first = report["entries"][0]
    assert first["severity"] == "warning"
    assert first["place"]
    assert first["sentence"].endswith(".")


def test_points_are_read_by_convention(api):
    survey = one_page(
        {"type": "radiogroup", "name": "harm-RS", "choices": ["no-0", "yes-4"]}
    )
    asked = {"survey": survey, "code": "harm", "convention": "suffix-points"}
    found = api.post(PATH, asked).json()
    assert found["report"]["scales"] == {"impact": {"questions": 1, "most": 4}}
    findings = api.get(f"/api/v1/questionnaires/{found['draft']['id']}/findings/")
    assert findings.json()["is_scorable"] is True


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"survey": {}}, 422, "not_a_survey"),
        ({"survey": {"pages": []}}, 422, "nothing_asked"),
        ({"survey": {"pages": "a" * 1_100_000}}, 422, "unreadable"),
        ({"code": "No Code"}, 422, "bad_code"),
        ({"survey": "text"}, 400, "invalid"),
        ({"convention": "guess"}, 400, "invalid"),
        ({"minutes": 0}, 400, "invalid"),
        ({"more": 1}, 400, "invalid"),
    ],
)
def test_what_is_refused(api, given, status, code):
    answer = api.post(PATH, {"survey": a_survey(), "code": "go-live", **given})
    assert answer.status_code == status, answer.json()
    assert code in answer.json()["code"]
    assert not QuestionnaireVersion.objects.exists()


@pytest.mark.parametrize("depth", [33, 200, 10_000])
def test_deep_nesting_is_refused(api, depth):
    inner = "[" * depth + "]" * depth
    body = f'{{"survey": {{"pages": {inner}}}, "code": "a"}}'
    answer = api.post(PATH, body, content_type="application/json")
    assert answer.status_code in (400, 422)


def test_others_import_nothing(alice):
    taxonomy_of()
    asked = {"survey": a_survey(), "code": "go-live"}
    assert client_of(alice).post(PATH, asked).status_code == 403


def test_the_example_is_json():
    assert json.loads(json.dumps(a_survey())) == a_survey()
