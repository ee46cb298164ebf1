"""A project manager's whole flow by HTTP alone, with a token of `manage.py api_token`."""

import datetime as dt
import secrets

import pytest

from tests.journeys.stack import until

TODAY = dt.datetime.now(dt.UTC).date().isoformat()
PROBLEM = "application/problem+json"


@pytest.fixture
def api(stack):
    """Return the client of a fresh manager of the first unit."""
    username = f"curl-{secrets.token_hex(3)}"
    stack.person(username, "manager", unit=stack.root_unit())
    with stack.client(
        "read", "projects:write", "postmortems:write", user=username
    ) as c:
        yield c


def good(answer, *codes):
    assert answer.status_code in (codes or (200, 201)), answer.text[:800]
    return answer


def refused(answer, status, code):
    assert answer.status_code == status, answer.text[:800]
    assert answer.headers["content-type"].startswith(PROBLEM)
    body = answer.json()
    assert body["status"] == status
    assert body["code"] == code
    assert body["title"]
    assert body["request_id"]
    return body


def worst_answers(document):
    """Answer every question of one choice with its last, and one as unknown."""
    questions = [q for section in document["sections"] for q in section["questions"]]
    said = {
        question["code"]: {
            "state": "answered",
            "value": question["choices"][-1]["code"],
        }
        for question in questions
        if question["kind"] == "single"
    }
    first = next(iter(said))
    return {**said, first: {"state": "unknown"}}


def everything(api, path):
    """Walk the cursors of a list; return all its rows."""
    rows, pages = [], 0
    while path:
        page = good(api.get(path)).json()
        rows += page["results"]
        path = page["next"]
        pages += 1
    return rows, pages


def a_project(api, **more):
    unit = good(api.get("units/")).json()["results"][0]["id"]
    facts = {"name": "Parts by post", "unit": unit, "sector": "other"}
    return good(api.post("projects/", json={**facts, **more}), 201)


def test_whole_loop_by_api(stack, api):
    stack.settle()
    figures = good(api.get("reports/summary/?population=cases")).json()
    own = good(api.get("reports/summary/?population=portfolio")).json()

    listed = good(api.get("questionnaires/")).json()["results"]
    screening = next(row for row in listed if row["code"] == "screening")
    document = good(api.get(f"questionnaires/{screening['id']}/")).json()["document"]

    made = a_project(api)
    project = made.json()
    assert good(api.get(made.headers["Location"])).json()["id"] == project["id"]
    wanted = {"project": project["id"], "questionnaire": "screening"}
    draft = good(api.post("assessments/", json=wanted), 201)
    assessment = f"assessments/{draft.json()['id']}/"
    held = {"If-Match": draft.headers["ETag"]}
    answered = good(
        api.patch(
            f"{assessment}answers/",
            json={"answers": worst_answers(document)},
            headers=held,
        )
    )
    assert answered.json()["answered_count"] > 5
    held = {"If-Match": answered.headers["ETag"]}
    good(api.patch(assessment, json={"own_estimate": 70}, headers=held))
    submitted = good(api.post(f"{assessment}submit/")).json()
    # One of the answers fires a gate that asks for a review.
    assert submitted["state"] == "in_review"
    result = good(api.get(f"{assessment}result/")).json()
    assert float(result["low"]) <= float(result["point"]) <= float(result["high"])
    assert result["tier"] == submitted["tier"] != ""
    causes = good(api.get(f"projects/{project['id']}/causes/")).json()["results"]
    assert causes

    practice = good(api.get("practices/?page_size=1")).json()["results"][0]["slug"]
    plans = f"projects/{project['id']}/mitigations/"
    good(api.post(plans, json={"practice": practice}), 201)

    ending = {
        "kind": "failed",
        "happened_on": TODAY,
        "stage": "operation",
        "statement": "Parts got lost.",
    }
    outcome = good(
        api.post(f"projects/{project['id']}/outcomes/", json=ending), 201
    ).json()
    linked = good(api.post(f"outcomes/{outcome['id']}/postmortem/", json={})).json()
    record = f"postmortems/{linked['postmortem']}/"
    incomplete = refused(api.post(f"{record}publish/"), 422, "postmortem_incomplete")
    assert incomplete["detail"]
    version = good(api.get(record)).headers["ETag"]
    good(
        api.patch(
            record,
            json={"summary": "The address was read from the wrong side."},
            headers={"If-Match": version},
        )
    )
    coding = {
        "cause": causes[0]["cause"],
        "role": "root",
        "confidence": "known",
        "evidence": "All labels of the test set were photographed from above.",
    }
    good(api.post(f"{record}codings/", json=coding), 201)
    action = {"text": "Photograph from all sides", "kind": "prevent"}
    good(api.post(f"{record}actions/", json=action), 201)
    published = good(api.post(f"{record}publish/")).json()
    assert published["state"] == "published"

    def fresher():
        now = api.get("reports/summary/?population=cases").json()
        return now if now["n"] > figures["n"] else None

    now = until(fresher, "the reports do not count the new post-mortem")
    assert now["n"] == figures["n"] + 1
    assert now["computed_at"] > figures["computed_at"]
    assert now["snapshot"] != figures["snapshot"]
    stack.settle()
    ours = good(api.get("reports/summary/?population=portfolio")).json()
    assert ours["n"] == own["n"] + 1
    rates = good(api.get("reports/base-rates/?population=cases")).json()
    assert rates["n"] == now["n"]
    running = a_project(api, name="Still running").json()["id"]
    register = good(api.get("reports/register/")).json()["results"]
    assert running in {row["id"] for row in register}


def test_reader_who_holds_it_gets_304(api):
    for path in ("reports/summary/?population=cases", "questionnaires/", "causes/"):
        first = good(api.get(path))
        again = api.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, path
        assert again.content == b""


def test_change_needs_the_version_that_was_read(api):
    made = a_project(api)
    path = f"projects/{made.json()['id']}/"
    refused(api.patch(path, json={"name": "Blind"}), 428, "precondition_required")
    held = {"If-Match": made.headers["ETag"]}
    changed = good(api.patch(path, json={"name": "Seen"}, headers=held))
    stale = api.patch(path, json={"name": "Late"}, headers=held)
    refused(stale, 412, "precondition_failed")
    assert changed.headers["ETag"] != made.headers["ETag"]
    assert good(api.get(path)).json()["name"] == "Seen"


def test_repeated_post_has_one_effect(api):
    key = {"Idempotency-Key": secrets.token_hex(8)}
    unit = good(api.get("units/")).json()["results"][0]["id"]
    facts = {"name": "Only once", "unit": unit, "sector": "retail"}
    first = good(api.post("projects/", json=facts, headers=key), 201)
    again = api.post("projects/", json=facts, headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]
    other = api.post("projects/", json={**facts, "name": "Else"}, headers=key)
    refused(other, 409, "conflict")


def test_cursors_walk_a_whole_list_once(api):
    rows, pages = everything(api, "causes/?page_size=20")
    total = good(api.get("causes/?count=exact&page_size=1")).json()["count"]
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids)) == total
    assert pages == -(-total // 20)


def test_refusals_are_problem_details(stack, api):
    bad = refused(api.post("projects/", json={"name": ""}), 400, "invalid")
    pointers = {error["pointer"] for error in bad["errors"]}
    assert {"/name", "/unit", "/sector"} <= pointers
    refused(api.get(f"projects/{secrets.token_hex(16)}/"), 404, "not_found")
    refused(api.get("audit-events/?cursor=nonsense"), 403, "permission_denied")
    stranger = {"Authorization": "Bearer rbk_nobody"}
    answer = api.get("projects/", headers=stranger)
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith(PROBLEM)
    reader = stack.client("reports:read")
    refused(reader.post("projects/", json={}), 403, "permission_denied")
