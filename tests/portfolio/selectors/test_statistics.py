"""Whose snapshot is whose."""

import pytest

from portfolio.selectors.statistics import (
    cause_titles,
    default_population,
    latest_refresh,
    refresh_under_way,
    snapshot_for,
    units_with_statistics,
)
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.portfolio import coded_postmortem, snapshot

pytestmark = pytest.mark.django_db


def test_the_whole_is_for_everybody_a_unit_for_its_people(alice, charlie, retail):
    whole, own = snapshot(), snapshot(unit=retail)
    assert snapshot_for(charlie, "portfolio") == whole
    assert snapshot_for(alice, "portfolio", retail.pk) == own
    assert snapshot_for(charlie, "portfolio", retail.pk) is None
    assert list(units_with_statistics(alice)) == [retail]
    assert list(units_with_statistics(charlie)) == []


def test_history_is_not_shown(alice):
    snapshot(is_current=False)
    assert snapshot_for(alice, "portfolio") is None


def test_begins_with_the_case_base_while_there_are_no_projects(alice):
    assert default_population(alice) == "cases"
    snapshot(payload={"projects": 0})
    assert default_population(alice) == "cases"


def test_begins_with_the_portfolio_once_there_are_projects(alice):
    snapshot(payload={"projects": None})
    assert default_population(alice) == "portfolio"


def test_finds_the_running_refresh_first():
    assert refresh_under_way() is None
    done = queue.enqueue(kind="portfolio.refresh", key="all")
    Job.objects.update(state="done")
    assert refresh_under_way() is None
    assert latest_refresh() == done
    assert refresh_under_way() is None
    waiting = queue.enqueue(kind="portfolio.refresh", key="all")
    assert refresh_under_way() == waiting


def test_titles_are_those_of_the_release_in_force():
    coded_postmortem()
    assert cause_titles()["leakage"]["en"] == "Leakage"
