"""Pages with and without data, in the right hands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portfolio import tasks
from portfolio.services.refresh import refresh
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.portfolio import AT, coded_postmortem, ended_project, portfolio_of
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

STATISTICS = "/statistics/"


def page(client, user, address):
    client.force_login(user)
    return client.get(address)


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_newcomer_finds_three_steps_and_the_case_base(client, carol):
    for _ in range(9):
        coded_postmortem(causes=["leakage"])
    refresh(at=AT)
    body = text(page(client, carol, "/"))
    assert reverse("projects:assessment-start") in body
    assert "from 9 published failures" in body
    assert "<svg" in body


def test_newcomer_without_anything_at_all(client, vera):
    assert "Step 3" in text(page(client, vera, "/"))


def test_dashboard_shows_tiles_matrix_causes_and_changes(client, alice, retail):
    portfolio_of(retail, failed=8, succeeded=12)
    ProjectFactory(
        unit=retail,
        name="Shelf camera",
        current_tier="high",
        current_point=71,
        current_low=60,
        current_high=80,
        current_impact=64,
    )
    refresh(at=AT)
    body = text(page(client, alice, "/"))
    assert "40" in body
    assert "1 running project of high or critical risk" in body
    assert "Outcome: Success" in body


def test_dashboard_says_why_a_rate_is_withheld(client, alice, retail):
    ended_project(retail)
    refresh(at=AT)
    assert "Withheld: small numbers" in text(page(client, alice, "/"))


def test_dashboard_works_before_anything_is_computed(client, alice, retail):
    ProjectFactory(unit=retail)
    assert "Not computed yet" in text(page(client, alice, "/"))


@pytest.mark.parametrize("population", ["portfolio", "cases"])
def test_statistics_with_data(client, vera, retail, population):
    portfolio_of(retail, failed=8, succeeded=12)
    refresh(at=AT)
    body = text(page(client, vera, f"{STATISTICS}?population={population}"))
    assert "As of June 30, 2026" in body
    assert "Leakage" in body
    assert "Recompute now" not in body


def test_statistics_say_what_is_missing(client, bob):
    refresh(at=AT)
    body = text(page(client, bob, f"{STATISTICS}?population=portfolio"))
    assert "There is no project yet" in body
    assert "Recompute now" in body


def test_statistics_before_the_first_computation(client, vera):
    assert "Nothing has been computed yet" in text(page(client, vera, STATISTICS))


def test_a_units_statistics_are_for_its_people_only(client, alice, charlie, retail):
    portfolio_of(retail, failed=8, succeeded=12)
    refresh(at=AT)
    address = f"{STATISTICS}?unit={retail.pk}"
    assert "Retail" in text(page(client, alice, address))
    assert page(client, charlie, address).status_code == 404
    assert page(client, charlie, f"{STATISTICS}?unit=nonsense").status_code == 404


def test_statistics_with_everything_withheld(client, vera, retail):
    places = {"stage_introduced": "training", "stage_detected": "operation"}
    for project in portfolio_of(retail, failed=3, succeeded=0):
        record = project.outcomes.get().postmortem
        type(record).objects.filter(pk=record.pk).update(**places)
    refresh(at=AT)
    body = text(page(client, vera, f"{STATISTICS}?unit={retail.pk}"))
    assert "withheld: small numbers" in body
    assert "✱" in body


def test_download_equals_the_payload_and_hides_the_same(client, alice, charlie, retail):
    portfolio_of(retail, failed=8, succeeded=12)
    refresh(at=AT)
    address = f"/statistics/download/base-rates.csv?unit={retail.pk}"
    response = page(client, alice, address)
    assert response["Content-Type"].startswith("text/csv")
    assert "leakage,,8,20,0.4" in response.content.decode("utf-8-sig")
    assert page(client, charlie, address).status_code == 404
    assert page(client, alice, "/statistics/download/secrets.csv").status_code == 404


def test_recomputing_is_for_reviewers_and_managers(client, bob, carol):
    client.force_login(carol)
    assert client.post("/statistics/refresh/").status_code == 403
    client.force_login(bob)
    response = client.post("/statistics/refresh/?population=cases")
    assert response.url == f"{STATISTICS}?population=cases"
    assert Job.objects.filter(kind="portfolio.refresh").count() == 1


def test_progress_shows_the_job_then_the_result(client, bob):
    job = queue.enqueue(kind=tasks.REFRESH, key="all")
    client.force_login(bob)
    Job.objects.filter(pk=job.pk).update(done_steps=3, total_steps=10)
    htmx = {"HX-Request": "true"}
    body = text(client.get("/statistics/progress/", headers=htmx))
    assert "30 % done" in body
    assert "every 1s" in body
    queue.run(str(job.pk), now=timezone.now())
    body = text(client.get("/statistics/progress/", headers=htmx))
    assert "up to date" in body
    assert "every 1s" not in body


def test_progress_without_script_is_a_page(client, bob):
    queue.enqueue(kind="portfolio.refresh", key="all")
    assert "<h1" in text(page(client, bob, "/statistics/progress/"))


def test_register_lists_running_projects_the_riskiest_first(client, vera, retail):
    for name, point in [("Mild", 10), ("Wild", 90)]:
        ProjectFactory(unit=retail, name=name, current_point=point, current_tier="high")
    ended_project(retail, name="Over")
    ProjectFactory(name="Foreign")
    body = text(page(client, vera, "/register/"))
    assert body.index("Wild") < body.index("Mild")
    assert "Over" not in body.split("register-results")[1].split("pagination")[0]
    assert "Foreign" not in body


def test_register_filters_and_explains_an_empty_result(client, vera, retail):
    ProjectFactory(unit=retail, name="Wild", current_tier="high")
    assert "Wild" in text(page(client, vera, "/register/?tier=high"))
    assert "Nothing matches" in text(page(client, vera, "/register/?tier=low"))


@pytest.mark.parametrize("address", ["/", "/register/", STATISTICS])
def test_query_count_does_not_depend_on_the_number_of_rows(
    client, alice, retail, address
):
    client.force_login(alice)
    ProjectFactory(unit=retail, current_point=50, current_impact=50)
    portfolio_of(retail, failed=1, succeeded=1)
    refresh(at=AT)
    client.get(address)
    few = len(queries_of(client, address))
    ProjectFactory.create_batch(20, unit=retail, current_point=50, current_impact=50)
    portfolio_of(retail, failed=10, succeeded=10)
    refresh(at=AT)
    assert len(queries_of(client, address)) == few


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return captured.captured_queries


def test_jobs_are_for_administrators(client, admin, alice):
    job = queue.enqueue(kind="portfolio.refresh", key="all")
    Job.objects.filter(pk=job.pk).update(state="dead", error="ValueError: broken")
    assert page(client, alice, "/jobs/").status_code == 403
    body = text(page(client, admin, "/jobs/?state=dead"))
    assert "ValueError: broken" in body
    client.post(f"/jobs/{job.pk}/retry/")
    job.refresh_from_db()
    assert job.state == "pending"
