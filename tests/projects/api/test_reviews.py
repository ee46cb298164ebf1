"""A whole review round by the API alone."""

import datetime as dt

import pytest
from rest_framework.test import APIClient

from tests.projects.reviewing import gated_version, submitted

pytestmark = pytest.mark.django_db


def speaking(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


@pytest.fixture
def assessment(retail, carol):
    return submitted(retail, carol, gated_version(), split="none")


@pytest.fixture
def at(assessment):
    return lambda tail="": f"/api/v1/assessments/{assessment.pk}/{tail}"


def with_tag(client, path, method="patch", body=None):
    """Change what was just read."""
    tag = client.get(path)["ETag"]
    return getattr(client, method)(path, body or {}, headers={"If-Match": tag})


def decide(client, at, act, body=None):
    tag = client.get(at())["ETag"]
    return client.post(at(f"{act}/"), body or {}, headers={"If-Match": tag})


def test_a_round_from_asking_to_approval(at, alice, bob, carol):
    manager, reviewer, assessor = map(speaking, (alice, bob, carol))
    made = manager.post(at("section-reviews/"), {"section": "data", "reviewer": "bob"})
    assert made.status_code == 201, made.json()
    assert manager.get(at()).json()["state"] == "in_review"
    review = at(f"section-reviews/{made.json()['id']}/")

    sent = {"question": "split", "text": "Lock the test set."}
    assert decide(reviewer, at, "request-changes", sent).status_code == 200
    talk = assessor.get(at("threads/")).json()["results"][0]
    assert (talk["question"], talk["asks_change"]) == ("split", True)
    comments = at(f"threads/{talk['id']}/comments/")
    assert assessor.post(comments, {"text": "Locked."}).status_code == 201
    answered = {"state": "answered", "value": "locked"}
    assert with_tag_of(assessor, at, "answers/split/", answered).status_code == 200
    assert assessor.post(at("submit/")).json()["state"] == "in_review"

    refused = decide(reviewer, at, "approve")
    assert (refused.status_code, refused.json()["code"]) == (422, "approval_incomplete")
    assert "Text of split?" in refused.json()["detail"]
    thread = at(f"threads/{talk['id']}/")
    assert with_tag(reviewer, thread, body={"state": "resolved"}).status_code == 200
    assert with_tag(reviewer, review, body={"verdict": "accepted"}).status_code == 200
    approved = decide(reviewer, at, "approve", {"note": "Fine"}).json()
    assert (approved["state"], approved["decided_by"]) == ("approved", "bob")
    assert approved["decision_note"] == "Fine"


def with_tag_of(client, at, tail, body):
    tag = client.get(at())["ETag"]
    return client.put(at(tail), body, headers={"If-Match": tag})


def test_decision_needs_the_tag_of_what_was_read(at, bob):
    reviewer = speaking(bob)
    assert reviewer.post(at("approve/"), {}).status_code == 428
    stale = reviewer.post(at("reject/"), {"note": "No"}, headers={"If-Match": '"x-1"'})
    assert stale.status_code == 412


def test_rejection_needs_a_note(at, bob):
    assert decide(speaking(bob), at, "reject").status_code == 400
    assert decide(speaking(bob), at, "reject", {"note": "No"}).status_code == 200


def test_who_submitted_decides_nothing(at, carol):
    for act in ("approve", "reject", "request-changes"):
        assert decide(speaking(carol), at, act).status_code == 403


def test_only_reviewers_ask_for_a_change(at, carol, bob):
    sent = {"question": "split", "text": "Why?", "asks_change": True}
    assert speaking(carol).post(at("threads/"), sent).status_code == 403
    plain = speaking(carol).post(at("threads/"), {**sent, "asks_change": False}).json()
    thread = at(f"threads/{plain['id']}/")
    marked = with_tag(speaking(bob), thread, body={"asks_change": True})
    assert marked.json()["asks_change"] is True
    assert (
        with_tag(speaking(carol), thread, body={"state": "resolved"}).status_code == 403
    )
    reworked = with_tag(
        speaking(bob), thread, body={"state": "resolved", "asks_change": False}
    ).json()
    assert (reworked["state"], reworked["asks_change"]) == ("resolved", False)
    assert speaking(bob).patch(thread, {"state": "open"}).status_code == 428


def test_exception_from_a_gate(at, bob, carol):
    wanted = {
        "gate": "no_split",
        "reason": "A pilot",
        "expires_on": str(dt.date.today() + dt.timedelta(days=30)),  # noqa: DTZ011
    }
    made = speaking(carol).post(at("overrides/"), wanted)
    assert made.status_code == 201, made.json()
    assert made.json()["counts"] is False
    path = at(f"overrides/{made.json()['id']}/")
    approving = {"state": "approved", "decision_note": "One user only"}
    assert with_tag(speaking(carol), path, body=approving).status_code == 403
    granted = with_tag(speaking(bob), path, body=approving).json()
    assert (granted["state"], granted["counts"]) == ("approved", True)
    assert decide(speaking(bob), at, "approve").status_code == 200
    again = with_tag(speaking(bob), path, body={"state": "refused"})
    assert again.json()["code"] == "override_step"


def test_a_date_too_far_is_refused_at_its_field(at, carol):
    wanted = {"gate": "no_split", "reason": "A pilot", "expires_on": "2999-01-01"}
    refused = speaking(carol).post(at("overrides/"), wanted)
    assert refused.json()["errors"][0]["pointer"] == "/expires_on"


def test_relieving_needs_the_tag(at, alice, bob):
    made = speaking(alice).post(at("section-reviews/"), {"reviewer": "bob"}).json()
    path = at(f"section-reviews/{made['id']}/")
    assert speaking(alice).delete(path).status_code == 428
    assert with_tag(speaking(alice), path, "delete").status_code == 204
    assert speaking(alice).get(at("section-reviews/")).json()["results"] == []
