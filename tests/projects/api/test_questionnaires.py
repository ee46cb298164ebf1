"""A questionnaire is begun, written, checked, backtested and published by the API alone."""

import uuid

import pytest
from rest_framework.test import APIClient

from projects import tasks
from projects.models import Backtest, QuestionnaireVersion
from projects.scoring.writing import source_of
from riskbase.shared.jobs import queue
from tests.factories.projects import AT, QuestionnaireVersionFactory, taxonomy_of
from tests.factories.runs import SHEETS, harsher, scored

pytestmark = pytest.mark.django_db
LIST = "/api/v1/questionnaires/"


def client_of(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


@pytest.fixture
def api(olga):
    taxonomy_of()
    return client_of(olga)


@pytest.fixture
def begun(api):
    response = api.post(LIST, {"code": "vendor-check"})
    assert response.status_code == 201, response.json()
    return response


def at(response, tail=""):
    return f"{LIST}{response.json()['id']}/{tail}"


def test_from_an_idea_to_publication(api, rita, begun):
    source = begun.json()["source"].replace("minutes: 5", "minutes: 8", 1)
    saved = api.patch(
        at(begun),
        {"source": source, "note": "Eight minutes"},
        headers={"If-Match": begun["ETag"]},
    )
    assert saved.status_code == 200, saved.json()
    assert (saved.json()["minutes"], saved.json()["note"]) == (8, "Eight minutes")
    sent = api.post(at(begun, "send/"))
    assert sent.json()["state"] == "in_review"
    tag = {"If-Match": sent["ETag"]}
    mine = api.post(at(begun, "publish/"), {"warnings_read": True}, headers=tag)
    assert (mine.status_code, mine.json()["code"]) == (422, "four_eyes")
    done = client_of(rita).post(
        at(begun, "publish/"), {"warnings_read": True}, headers=tag
    )
    assert done.status_code == 200, done.json()
    assert done.json()["state"] == "published"
    retired = api.post(at(begun, "retire/"))
    assert retired.json()["state"] == "retired"


def test_drafts_are_shown_to_authors_alone(api, begun, carol):
    assert len(api.get(LIST).json()["results"]) == 1
    other = client_of(carol)
    assert other.get(LIST).json()["results"] == []
    assert other.get(at(begun)).status_code == 404


def test_a_text_is_kept_and_its_findings_have_lines(api, begun):
    broken = "code: vendor-check\nsections: [\n"
    match = {"If-Match": begun["ETag"]}
    saved = api.patch(at(begun), {"source": broken}, headers=match)
    assert saved.json()["source"] == broken
    found = api.get(at(begun, "findings/")).json()
    assert found["is_scorable"] is False
    [finding] = found["findings"]
    assert (finding["severity"], finding["code"]) == ("error", "not_yaml")
    assert finding["line"] == 3
    refused = api.post(at(begun, "send/"))
    assert (refused.status_code, refused.json()["code"]) == (422, "has_errors")


def test_check_saves_nothing(api, begun):
    found = api.post(at(begun, "check/"), {"source": "code: other\n"}).json()
    assert "other_code" in {finding["code"] for finding in found["findings"]}
    assert api.get(at(begun)).json()["source"] == begun.json()["source"]


def test_change_wants_the_current_version(api, begun):
    assert api.patch(at(begun), {"note": "x"}).status_code == 428
    match = {"If-Match": begun["ETag"]}
    assert api.patch(at(begun), {"note": "x"}, headers=match).status_code == 200
    assert api.patch(at(begun), {"note": "y"}, headers=match).status_code == 412
    assert api.delete(at(begun), headers=match).status_code == 412
    assert api.delete(at(begun), headers={"If-Match": "*"}).status_code == 204
    assert not QuestionnaireVersion.objects.exists()


def test_begin_wants_one_of_three(api, begun):
    assert api.post(LIST, {}).status_code == 400
    both = {"code": "a", "source": "code: a"}
    assert api.post(LIST, both).status_code == 400
    assert api.post(LIST, {"copy_of": str(uuid.uuid4())}).status_code == 400
    copied = api.post(LIST, {"copy_of": begun.json()["id"]}).json()
    assert (copied["version"], copied["copied_from"]) == (2, begun.json()["id"])
    typed = api.post(LIST, {"source": "code: fresh\n"}).json()
    assert (typed["code"], typed["title"], typed["minutes"]) == ("fresh", "fresh", None)


def test_returned_with_a_note(api, rita, begun):
    api.post(at(begun, "send/"))
    other = client_of(rita)
    assert other.post(at(begun, "send-back/"), {"note": ""}).status_code == 400
    back = other.post(at(begun, "send-back/"), {"note": "Shorter"})
    assert back.json()["state"] == "draft"
    api.post(at(begun, "send/"))
    assert api.post(at(begun, "take-back/")).json()["state"] == "draft"


def test_a_published_version_never_changes(api, begun):
    version = QuestionnaireVersionFactory()
    answer = api.patch(
        f"{LIST}{version.pk}/", {"source": "code: small"}, headers={"If-Match": "*"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_state")


class TestBacktest:
    @pytest.fixture
    def asked(self, api, retail, alice):
        for said in SHEETS:
            scored(unit=retail, by=alice, **said)
        begun = api.post(LIST, {"source": source_of(harsher())})
        return api.post(at(begun, "backtests/"), {"scope": "same"})

    def test_is_followed_and_read(self, api, asked):
        assert asked.status_code == 202, asked.json()
        path = asked["Location"]
        assert api.get(path).json()["state"] == "pending"
        job = Backtest.objects.get(pk=asked.json()["id"]).job_id
        assert tasks.backtest is not None
        queue.run(str(job), now=AT.replace(year=2100))
        found = api.get(path).json()
        assert (found["state"], found["percent"], found["sheets"]) == ("done", 100, 5)
        assert found["result"]["scope"] == "same"
        lines = api.get(f"{path}lines/", {"page_size": 2}).json()
        assert len(lines["results"]) == 2
        assert all(line["assessment"] for line in lines["results"])
        following = api.get(lines["next"]).json()
        assert following["results"][0]["id"] > lines["results"][1]["id"]
        moved = api.get(f"{path}lines/", {"moved": "true"}).json()["results"]
        assert len(moved) == found["result"]["changed"]
        assert all(line["before_tier"] != line["after_tier"] for line in moved)

    def test_is_listed_at_its_version(self, api, asked):
        version = asked.json()["questionnaire_version"]
        rows = api.get(f"{LIST}{version}/backtests/").json()["results"]
        assert [row["id"] for row in rows] == [asked.json()["id"]]

    def test_is_nobody_elses(self, asked, carol):
        other = client_of(carol)
        assert other.get(asked["Location"]).status_code == 404
        assert other.get(asked["Location"] + "lines/").status_code == 404

    def test_a_text_that_cannot_be_scored_is_refused(self, api, begun):
        match = {"If-Match": "*"}
        api.patch(at(begun), {"source": "["}, headers=match)
        answer = api.post(at(begun, "backtests/"), {})
        assert (answer.status_code, answer.json()["code"]) == (422, "not_scorable")
