"""The register: visible running projects, filtered."""

import pytest

from portfolio.selectors.register import entries_of, register_of
from tests.factories.portfolio import ended_project
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def names(user, **wanted):
    return {project.name for project in register_of(user, wanted)}


def test_lists_running_projects_of_visible_units(alice, charlie, retail, pricing):
    ProjectFactory(unit=pricing, name="Below")
    ended_project(retail, name="Over")
    ProjectFactory(name="Foreign")
    assert names(alice) == {"Below"}
    assert names(charlie) == set()


def test_filters_by_tier_unit_cause_stage_and_words(alice, retail, pricing):
    ProjectFactory(
        unit=retail, name="One", current_tier="high", current_cause="leakage"
    )
    ProjectFactory(unit=pricing, name="Two", stage="training")
    assert names(alice, tier="high") == {"One"}
    assert names(alice, tier="none") == {"Two"}
    assert names(alice, unit=pricing) == {"Two"}
    assert names(alice, unit=retail) == {"One", "Two"}
    assert names(alice, cause="leakage") == {"One"}
    assert names(alice, stage="training") == {"Two"}
    assert names(alice, search="tw") == {"Two"}


def test_a_line_names_its_cause(alice, retail):
    ProjectFactory(unit=retail, current_cause="leakage")
    titles = {"leakage": {"en": "Leakage"}}
    line = entries_of(list(register_of(alice, {})), titles)[0]
    assert line.cause == {"en": "Leakage"}
    assert line.more == 0
