"""A whole assessment by the API alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.factories.projects import (
    AssessmentFactory,
    ProjectFactory,
    QuestionnaireVersionFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/api/v1/assessments/"
SAID = {
    "stated": {"state": "answered", "value": "none"},
    "who_asked": {"state": "not_applicable", "reason": "our own idea"},
    "people": {"state": "answered", "value": "many"},
    "signs": {"state": "answered", "value": ["a", "b"]},
    "stable": {"state": "unknown"},
}


@pytest.fixture
def api(carol):
    client = APIClient()
    client.force_authenticate(carol)
    return client


@pytest.fixture
def version(db):
    return QuestionnaireVersionFactory()


@pytest.fixture
def started(api, version, retail):
    project = ProjectFactory(unit=retail)
    sent = {"project": str(project.pk), "questionnaire": "small"}
    response = api.post(LIST, sent)
    assert response.status_code == 201, response.json()
    return response


def at(started, tail=""):
    return f"{LIST}{started.json()['id']}/{tail}"


def test_start_answer_submit_read(api, started):
    tag = started["ETag"]
    path = at(started, "answers/")
    response = api.patch(path, {"answers": SAID}, headers={"If-Match": tag})
    assert response.status_code == 200, response.json()
    body = response.json()
    assert body["answered_count"] == 5
    assert body["reach"]["who_asked"] == "asked"
    assert {row["question"] for row in body["answers"]} == set(SAID)
    assert api.get(at(started, "result/")).status_code == 404
    assert api.post(at(started, "submit/")).json()["state"] == "in_review"
    result = api.get(at(started, "result/")).json()
    assert (result["tier"], result["binding_cause"]) == ("critical", "unclear-problem")
    assert result["result"]["gates"]["fired"][0]["code"] == "no_problem"


def test_answer_one_question_needs_the_tag(api, started):
    path, sent = at(started, "answers/stated/"), SAID["stated"]
    assert api.put(path, sent).status_code == 428
    first = api.put(path, sent, headers={"If-Match": started["ETag"]})
    assert first.status_code == 200
    stale = api.put(path, {"state": "unknown"}, headers={"If-Match": started["ETag"]})
    assert stale.status_code == 412


def test_bulk_answers_are_all_kept_or_none(api, started):
    sent = {"answers": {**SAID, "share": {"state": "answered", "value": "many"}}}
    response = api.patch(
        at(started, "answers/"), sent, headers={"If-Match": started["ETag"]}
    )
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/answers/share"
    assert api.get(at(started)).json()["answers"] == []


def test_submit_of_nothing_is_refused(api, started):
    response = api.post(at(started, "submit/"))
    assert response.status_code == 422
    assert response.json()["code"] == "not_assessable"


def test_start_again_gives_the_draft(api, started):
    sent = {"project": started.json()["project"], "questionnaire": "small"}
    assert api.post(LIST, sent).json()["id"] == started.json()["id"]


def test_others_may_not(started, vera, charlie):
    client = APIClient()
    client.force_authenticate(vera)
    assert client.get(at(started)).status_code == 200
    assert client.post(at(started, "submit/")).status_code == 403
    client.force_authenticate(charlie)
    assert client.get(at(started)).status_code == 404


def test_list_filters_with_the_same_queries_for_many_rows(
    api, retail, django_assert_num_queries
):
    AssessmentFactory(project__unit=retail)
    with CaptureQueriesContext(connection) as caught:
        assert len(api.get(LIST, {"state": "draft"}).json()["results"]) == 1
    for _ in range(10):
        AssessmentFactory(project__unit=retail)
    with django_assert_num_queries(len(caught)):
        assert len(api.get(LIST, {"unit": str(retail.pk)}).json()["results"]) == 11


def test_questionnaires_speak_the_callers_language(api, version):
    path = f"/api/v1/questionnaires/{version.pk}/"
    russian = api.get(path, headers={"Accept-Language": "ru"}).json()["document"]
    assert russian["title"] == "Small intake (ru)"
    every = api.get(path, {"language": "all"}).json()["document"]
    assert every["title"]["zh-hans"] == "Small intake (zh)"
    listed = api.get("/api/v1/questionnaires/").json()["results"]
    assert [(row["code"], row["version"]) for row in listed] == [("small", 1)]
