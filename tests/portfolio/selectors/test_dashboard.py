"""Counts and changes of visible rows only."""

import datetime as dt

import pytest

from portfolio.selectors.dashboard import (
    latest_changes,
    placed_projects,
    standing_of,
)
from tests.factories.portfolio import coded_postmortem, ended_project
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 6, 30)


def test_counts_what_the_person_may_see(alice, charlie, retail):
    ProjectFactory(
        unit=retail, current_tier="high", due_on=TODAY - dt.timedelta(days=1)
    )
    ProjectFactory(unit=retail, current_tier="low", due_on=TODAY)
    ended_project(retail, current_tier="critical")
    found = standing_of(alice, TODAY)
    assert (found.projects, found.active, found.closed, found.overdue) == (3, 2, 1, 1)
    assert found.at_risk == 1
    assert standing_of(charlie, TODAY).projects == 0


def test_places_running_assessed_projects_the_riskiest_first(alice, retail):
    mild = ProjectFactory(unit=retail, current_point=10, current_impact=50)
    wild = ProjectFactory(unit=retail, current_point=90, current_impact=50)
    ProjectFactory(unit=retail)
    ended_project(retail, current_point=99, current_impact=99)
    assert placed_projects(alice) == [wild, mild]


def test_changes_are_those_of_visible_rows(alice, charlie, retail):
    ended_project(retail, name="Shelf camera")
    coded_postmortem(retail)
    labels = {event.label for event in latest_changes(alice)}
    assert "Shelf camera" in labels
    assert latest_changes(charlie) == []
