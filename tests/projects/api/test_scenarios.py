"""What-if over REST."""

import pytest
from rest_framework.test import APIClient

from tests.factories.runs import scored

pytestmark = pytest.mark.django_db
WORST = {"stated": "none", "people": "many", "split": "none", "signs": ["a"]}
LOCKED = {"split": {"state": "answered", "value": "locked"}}


@pytest.fixture
def assessment(retail, carol):
    return scored(unit=retail, by=carol, **WORST).assessment


@pytest.fixture
def api(carol):
    client = APIClient()
    client.force_authenticate(carol)
    return client


def address(assessment, rest):
    return f"/api/v1/assessments/{assessment.pk}/{rest}/"


def test_keep_read_change_delete(api, assessment):
    made = api.post(
        address(assessment, "scenarios"),
        {"name": "Lock it", "answers": LOCKED},
        format="json",
    )
    assert made.status_code == 201, made.content
    assert made.data["answers"] == LOCKED
    assert made.data["result"]["tier_change"] <= 0
    where = made["Location"].removeprefix("http://testserver")
    listed = api.get(address(assessment, "scenarios")).json()
    assert [row["name"] for row in listed["results"]] == ["Lock it"]
    tag = api.get(where)["ETag"]
    assert api.patch(where, {"name": "Hold it"}, format="json").status_code == 428
    changed = api.patch(
        where, {"name": "Hold it"}, format="json", headers={"If-Match": tag}
    )
    assert changed.status_code == 200, changed.content
    assert (changed.data["name"], changed.data["answers"]) == ("Hold it", LOCKED)
    late = api.delete(where, headers={"If-Match": tag})
    assert late.status_code == 412
    gone = api.delete(where, headers={"If-Match": changed["ETag"]})
    assert gone.status_code == 204


def test_what_if_computes_and_keeps_nothing(api, assessment):
    found = api.post(address(assessment, "what-if"), {"answers": LOCKED}, format="json")
    assert found.status_code == 200, found.content
    told = found.json()
    leakage = next(each for each in told["causes"] if each["cause"] == "leakage")
    assert float(leakage["change"]) < 0
    assert not assessment.scenarios.exists()


def test_refusals_are_told(api, assessment):
    where = address(assessment, "what-if")
    for body in (
        {"answers": {"no_such": {"state": "unknown"}}},
        {"answers": {"split": {"state": "answered", "value": "no such"}}},
        {"practices": ["no-such"]},
        {"more": 1},
    ):
        answer = api.post(where, body, format="json")
        assert answer.status_code in {400, 422}, body
        assert answer.json().get("errors") or answer.json()["detail"]


def test_smallest_change_and_telling_questions(api, assessment):
    smallest = api.get(address(assessment, "smallest-change"))
    assert smallest.status_code == 200, smallest.content
    told = smallest.json()
    assert (told["found"], told["is_exact"]) == (True, True)
    again = api.post(
        address(assessment, "what-if"),
        {"answers": told["answers"], "practices": told["practices"]},
        format="json",
    ).json()
    assert (again["after"]["tier"], again["tier_change"] < 0) == (told["tier"], True)
    wrong = api.get(address(assessment, "telling-questions"), {"count": "9"})
    assert wrong.status_code == 400
