"""Reports over the API: provenance, scope, tags, CSV equal to JSON."""

import csv
import io

import pytest
from rest_framework.test import APIClient

from portfolio.models import Snapshot
from portfolio.reports.tables import COLUMNS, rows_of
from portfolio.services.refresh import refresh
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.portfolio import AT, portfolio_of
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

BASE = "/api/v1/reports/"
NAMES = ["summary", "base-rates", "pareto", "stage-matrix", "trend", "failure-rate"]


def api(user):
    client = APIClient()
    client.force_login(user)
    return client


@pytest.fixture
def computed(retail):
    portfolio_of(retail, failed=8, succeeded=12)
    refresh(at=AT)
    return retail


@pytest.mark.parametrize("name", NAMES)
def test_every_report_carries_its_provenance(computed, vera, name):
    response = api(vera).get(f"{BASE}{name}/")
    assert response.status_code == 200
    body = response.json()
    assert body["report"] == name
    assert body["population"] == "portfolio"
    assert body["as_of"] == "2026-06-30"
    assert body["n"] == 20
    assert body["result"]
    assert {"method_version", "watermark", "computed_at", "filter"} <= body.keys()


@pytest.mark.parametrize("name", NAMES)
def test_answers_not_modified_to_who_holds_it(computed, vera, name):
    first = api(vera).get(f"{BASE}{name}/")
    again = api(vera).get(f"{BASE}{name}/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", NAMES)
def test_csv_equals_json(computed, vera, name):
    response = api(vera).get(f"{BASE}{name}/?format=csv")
    assert response["Content-Type"].startswith("text/csv")
    found = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    payload = Snapshot.objects.current().get(population="portfolio", unit=None).payload
    wanted = rows_of(payload, name)
    assert [{column: row[column] for column in COLUMNS[name]} for row in found] == [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in wanted
    ]
    assert {row["as_of"] for row in found} <= {"2026-06-30"}


def test_a_unit_is_for_its_people(computed, alice, charlie):
    address = f"{BASE}failure-rate/?unit={computed.pk}"
    assert api(alice).get(address).json()["unit"] == str(computed.pk)
    assert api(charlie).get(address).status_code == 404
    assert api(charlie).get(f"{BASE}failure-rate/").status_code == 200


@pytest.mark.parametrize("query", ["population=all", "unit=7"])
def test_refuses_filters_it_does_not_know(computed, alice, query):
    assert api(alice).get(f"{BASE}summary/?{query}").status_code == 400


def test_refusals_stay_problem_details_in_csv(computed, alice):
    response = api(alice).get(f"{BASE}summary/?format=csv&population=all")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "invalid"


def test_not_computed_yet_is_not_found(alice):
    assert api(alice).get(f"{BASE}summary/").status_code == 404


def test_strangers_see_nothing(computed):
    assert APIClient().get(f"{BASE}summary/").status_code in {401, 403}


def test_register_shows_visible_running_projects(retail, vera, charlie):
    ProjectFactory(unit=retail, name="Wild", current_point=90, current_tier="high")
    body = api(vera).get(f"{BASE}register/?tier=high").json()
    assert [row["name"] for row in body["results"]] == ["Wild"]
    assert api(charlie).get(f"{BASE}register/").json()["results"] == []
    text = api(vera).get(f"{BASE}register/?format=csv").content.decode("utf-8-sig")
    assert "Wild" in text.splitlines()[1]


def test_csv_is_safe_to_open(retail, vera):
    ProjectFactory(unit=retail, name="=HYPERLINK(1)")
    text = api(vera).get(f"{BASE}register/?format=csv").content.decode("utf-8-sig")
    assert ",'=HYPERLINK" in text


def test_refresh_is_for_reviewers_and_can_be_followed(bob, vera, carol):
    assert api(carol).post(f"{BASE}refresh/").status_code == 403
    response = api(bob).post(f"{BASE}refresh/")
    assert response.status_code == 202
    job = api(vera).get(response["Location"]).json()
    assert (job["state"], job["percent"]) == ("pending", 0)
    assert Job.objects.filter(kind="portfolio.refresh").count() == 1


def test_other_peoples_jobs_are_not_shown(alice, vera, admin):
    job = queue.enqueue(kind="import", key="x", by=alice)
    address = f"/api/v1/jobs/{job.pk}/"
    assert api(alice).get(address).status_code == 200
    assert api(admin).get(address).status_code == 200
    assert api(vera).get(address).status_code == 404
