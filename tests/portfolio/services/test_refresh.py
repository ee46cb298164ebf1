"""Refreshing: complete, atomic, idempotent, and never behind a later read."""

import datetime as dt
import logging

import pytest
from django.utils import timezone

from portfolio import tasks
from portfolio.models import Snapshot
from portfolio.services.refresh import refresh
from riskbase.shared.events import outbox
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.portfolio import (
    AT,
    coded_postmortem,
    ended_project,
    portfolio_of,
)
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def rows():
    return list(Snapshot.objects.order_by("id").values())


def current(population="portfolio", unit=None):
    return Snapshot.objects.current().get(population=population, unit=unit)


def test_publishes_the_case_base_the_whole_and_each_unit_with_projects(
    organization, retail, pricing, elsewhere
):
    ended_project(pricing)
    refresh(at=AT)
    found = Snapshot.objects.current().values_list("population", "unit")
    assert set(found) == {
        ("cases", None),
        ("portfolio", None),
        ("portfolio", organization.pk),
        ("portfolio", retail.pk),
        ("portfolio", pricing.pk),
    }


def test_running_twice_changes_nothing(retail):
    portfolio_of(retail)
    refresh(at=AT)
    before = rows()
    done = refresh(at=AT + dt.timedelta(hours=1))
    assert rows() == before
    assert done.published == 0
    assert done.confirmed == len(before)


def test_next_day_confirms_the_same_content(retail):
    portfolio_of(retail)
    refresh(at=AT)
    refresh(at=AT + dt.timedelta(days=1))
    assert Snapshot.objects.filter(is_current=False).count() == 0
    assert current().as_of == AT.date() + dt.timedelta(days=1)


def test_new_content_replaces_and_keeps_the_old(retail):
    portfolio_of(retail, failed=10, succeeded=10)
    refresh(at=AT)
    first = current()
    portfolio_of(retail, failed=5, succeeded=5)
    refresh(at=AT)
    first.refresh_from_db()
    assert not first.is_current
    assert current().payload["n"] == 30
    assert first.payload["n"] == 20


def test_retires_the_snapshot_of_a_unit_without_projects(retail, pricing):
    project = ProjectFactory(unit=pricing)
    refresh(at=AT)
    project.unit = retail
    project.save()
    refresh(at=AT)
    assert not Snapshot.objects.current().filter(unit=pricing).exists()
    assert Snapshot.objects.current().filter(unit=retail).exists()


def test_a_lost_lease_publishes_nothing(retail):
    portfolio_of(retail)
    job = queue.enqueue(kind="portfolio.refresh", key="all")
    held = queue.claim(str(job.pk), now=timezone.now())
    Job.objects.update(lease_token="019370a2-b3c4-7d5e-8f90-a1b2c3d4e5f6")
    with pytest.raises(queue.LeaseLost):
        refresh(at=AT, running=queue.Running(held))
    assert rows() == []


def test_the_job_reports_progress_and_result(retail):
    portfolio_of(retail)
    job = queue.enqueue(kind=tasks.REFRESH, key="all")
    assert queue.run(str(job.pk), now=timezone.now())
    job.refresh_from_db()
    assert job.state == "done"
    assert job.total_steps > 0
    assert job.result["published"] > 0


def test_a_computation_that_saw_less_does_not_overwrite(retail):
    portfolio_of(retail)
    refresh(at=AT)
    Snapshot.objects.update(watermark="ffffffff-ffff-7fff-bfff-ffffffffffff")
    before = rows()
    portfolio_of(retail)
    assert refresh(at=AT).published == 0
    assert rows() == before


def test_watermark_is_the_last_event_seen(retail):
    project = ended_project(retail)
    event = outbox.emit(topic="outcome.recorded", target=project)
    refresh(at=AT)
    assert current().watermark == str(event.pk)


def test_nightly_check_is_quiet_when_all_is_well(retail, caplog):
    portfolio_of(retail)
    refresh(at=AT)
    with caplog.at_level(logging.ERROR):
        assert refresh(at=AT, check=True).mismatched == 0
    assert not caplog.records


def test_nightly_check_reports_a_difference_and_the_full_result_wins(retail, caplog):
    portfolio_of(retail)
    refresh(at=AT)
    good = current().digest
    Snapshot.objects.filter(pk=current().pk).update(digest="f" * 64, payload={"n": 1})
    with caplog.at_level(logging.ERROR):
        assert refresh(at=AT, check=True).mismatched == 1
    assert "differs" in caplog.text
    assert current().digest == good


def test_says_whose_records_are_invented(retail):
    ended_project(retail, is_demo=True)
    coded_postmortem()
    refresh(at=AT)
    assert current().payload["contains_demo"]
    assert not current("cases").payload["contains_demo"]
