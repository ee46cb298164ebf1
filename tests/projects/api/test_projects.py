"""The API of projects, their causes, outcomes and mitigations."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from failures.models import Practice
from projects.models import Mitigation, Outcome, Project, ProjectCause
from projects.services import projects
from tests.factories.projects import ProjectFactory, taxonomy_of

pytestmark = pytest.mark.django_db
LIST = "/api/v1/projects/"


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def project(retail, carol):
    return projects.create(
        unit=retail,
        by=carol,
        owner=carol,
        facts={"name": "Churn", "sector": "retail"},
        text={"goal": "Call"},
    )


@pytest.fixture
def practice():
    taxonomy_of()
    return Practice.objects.create(
        slug="split-first",
        title={"en": "Split first"},
        kind="prevent",
        effect=Decimal("0.40"),
        cause_slugs=["leakage"],
    )


def at(project, tail=""):
    return f"{LIST}{project.pk}/{tail}"


def test_create_and_read_back(api, retail, carol):
    api.force_authenticate(carol)
    sent = {
        "name": "Churn",
        "unit": str(retail.pk),
        "sector": "retail",
        "goal": "Call those who leave",
        "budget": {"amount": "1200.50", "currency": "EUR"},
    }
    response = api.post(LIST, sent)
    assert response.status_code == 201, response.json()
    body = api.get(response["Location"]).json()
    assert (body["owner"], body["goal"]) == ("carol", "Call those who leave")
    assert body["budget"] == {"amount": "1200.50", "currency": "EUR"}
    assert body["risk"]["likelihood"] is None


@pytest.mark.parametrize(
    "budget",
    [
        {"amount": 12, "currency": "EUR"},
        {"amount": "-1", "currency": "EUR"},
        {"amount": "NaN", "currency": "EUR"},
        {"amount": "1.5", "currency": "JPY"},
        {"amount": "1", "currency": "XXX"},
        {"amount": "1"},
        "12 EUR",
    ],
)
def test_create_refuses_money_that_is_none(api, retail, carol, budget):
    api.force_authenticate(carol)
    sent = {"name": "C", "unit": str(retail.pk), "sector": "retail", "budget": budget}
    response = api.post(LIST, sent)
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/budget"


def test_create_needs_the_right_in_the_unit(api, retail, vera, charlie):
    sent = {"name": "Churn", "unit": str(retail.pk), "sector": "retail"}
    api.force_authenticate(vera)
    assert api.post(LIST, sent).status_code == 403
    api.force_authenticate(charlie)
    assert api.post(LIST, sent).status_code == 400


def test_change_asks_for_the_version_that_was_read(api, project, carol):
    api.force_authenticate(carol)
    tag = api.get(at(project))["ETag"]
    assert api.patch(at(project), {"name": "X"}).status_code == 428
    changed = api.patch(at(project), {"name": "New"}, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["name"]) == (200, "New")
    assert changed.json()["goal"] == "Call"
    stale = api.patch(at(project), {"name": "Late"}, headers={"If-Match": tag})
    assert stale.status_code == 412


def test_change_takes_the_budget_away(api, project, carol):
    api.force_authenticate(carol)
    for budget in ({"amount": "5.00", "currency": "EUR"}, None):
        changed = api.patch(at(project), {"budget": budget}, headers={"If-Match": "*"})
        assert changed.json()["budget"] == budget


def test_change_is_for_those_who_may(api, project, bob, charlie, elsewhere, carol):
    star = {"If-Match": "*"}
    api.force_authenticate(bob)
    assert api.patch(at(project), {"name": "X"}, headers=star).status_code == 403
    api.force_authenticate(charlie)
    assert api.patch(at(project), {"name": "X"}, headers=star).status_code == 404
    api.force_authenticate(carol)
    moved = api.patch(at(project), {"unit": str(elsewhere.pk)}, headers=star)
    assert moved.status_code == 400


def test_list_filters_by_sets_ranges_and_words(api, retail, carol):
    for name, stage, point in (("Churn", "training", 40), ("Fraud", "operation", 80)):
        ProjectFactory(
            unit=retail, owner=carol, name=name, stage=stage, current_point=point
        )
    api.force_authenticate(carol)

    def named(**asked):
        return {row["name"] for row in api.get(LIST, asked).json()["results"]}

    assert named(stage=["training", "operation"]) == {"Churn", "Fraud"}
    assert named(stage="training") == {"Churn"}
    assert named(risk_from=50) == {"Fraud"}
    assert named(search="frud") == {"Fraud"}
    assert named(tier="none", owner="carol") == {"Churn", "Fraud"}
    assert named(unit=str(retail.pk), outcome="failed") == set()
    assert api.get(LIST, {"stage": "nowhere"}).status_code == 400


def test_list_orders_and_pages(api, retail, carol):
    for number in range(3):
        ProjectFactory(unit=retail, name=f"P{number}", current_point=number)
    api.force_authenticate(carol)
    first = api.get(LIST, {"ordering": "-risk", "page_size": 2}).json()
    rest = api.get(first["next"]).json()
    names = [row["name"] for row in first["results"] + rest["results"]]
    assert (names, rest["next"]) == (["P2", "P1", "P0"], None)


@pytest.mark.parametrize("tail", ["", "outcomes/", "mitigations/"])
def test_lists_ask_the_same_number_of_questions(
    api, retail, carol, project, practice, tail
):
    api.force_authenticate(carol)
    path = at(project, tail) if tail else LIST
    counts = []
    for start, stop in ((0, 1), (1, 20)):
        for number in range(start, stop):
            ProjectFactory(unit=retail)
            Outcome.objects.create(
                project=project,
                kind="failed",
                happened_on="2026-01-01",
                stage="training",
                quarter=1,
                is_current=False,
                recorded_by=carol,
            )
            other = Practice.objects.create(
                slug=f"p{number}", title={}, kind="prevent", effect=0, cause_slugs=[]
            )
            Mitigation.objects.create(project=project, practice=other, owner=carol)
        with CaptureQueriesContext(connection) as asked:
            assert api.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_show_causes_the_worst_first(api, project, vera):
    for slug, point in (("leakage", 30), ("deployment", 60)):
        ProjectCause.objects.create(
            project=project,
            cause_slug=slug,
            is_top_level=True,
            low=point,
            point=point,
            high=point,
            current=point,
            target=point,
        )
    api.force_authenticate(vera)
    body = api.get(at(project, "causes/")).json()
    assert [row["cause"] for row in body["results"]] == ["deployment", "leakage"]
    assert body["results"][0]["point"] == 60.0


def test_record_an_outcome_and_begin_its_postmortem(api, project, carol):
    api.force_authenticate(carol)
    sent = {"kind": "failed", "happened_on": "2024-01-05", "stage": "evaluation"}
    sent["cost"] = {"amount": "10.00", "currency": "EUR"}
    recorded = api.post(at(project, "outcomes/"), sent)
    assert recorded.status_code == 201, recorded.json()
    path = f"/api/v1/outcomes/{recorded.json()['id']}/postmortem/"
    started = api.post(path, {})
    assert started.status_code == 200, started.json()
    assert started.json()["postmortem"]
    assert api.get(at(project)).json()["state"] == "closed"
    assert (
        api.get(at(project, "outcomes/")).json()["results"][0]["cost"] == sent["cost"]
    )


def test_record_refuses_a_future_date_by_the_rule(api, project, carol, vera):
    sent = {"kind": "failed", "happened_on": "2999-01-05", "stage": "evaluation"}
    api.force_authenticate(carol)
    refused = api.post(at(project, "outcomes/"), sent)
    assert (refused.status_code, refused.json()["code"]) == (422, "outcome_in_future")
    api.force_authenticate(vera)
    assert api.post(at(project, "outcomes/"), sent).status_code == 403


def test_plan_report_and_verify_a_mitigation(api, project, practice, carol, bob):
    api.force_authenticate(carol)
    sent = {"practice": "split-first", "owner": "carol", "due_on": "2027-01-01"}
    planned = api.post(at(project, "mitigations/"), sent)
    assert planned.status_code == 201, planned.json()
    path, star = planned["Location"], {"If-Match": "*"}
    assert api.patch(path, {"state": "implemented"}).status_code == 428
    done = api.patch(path, {"state": "implemented", "note": "x"}, headers=star)
    assert (done.status_code, done.json()["state"]) == (200, "implemented")
    assert api.patch(path, {"state": "verified"}, headers=star).status_code == 403
    api.force_authenticate(bob)
    assert api.patch(path, {"note": "mine"}, headers=star).status_code == 403
    verified = api.patch(path, {"state": "verified"}, headers=star)
    assert verified.json()["verified_by"] == "bob"
    assert api.get(path).json()["causes"] == ["leakage"]


def test_repeat_a_post_with_its_key_and_open_one_project(api, retail, carol):
    api.force_authenticate(carol)
    sent = {"name": "Churn", "unit": str(retail.pk), "sector": "retail"}
    first, second = (
        api.post(LIST, sent, headers={"Idempotency-Key": "once"}) for _ in range(2)
    )
    assert first.content == second.content
    assert Project.objects.count() == 1
