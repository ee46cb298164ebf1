"""Which exception of a gate matters, and what meets its demand."""

import datetime as dt

import pytest

from failures.models import Practice
from projects.models import GateOverride, Mitigation
from projects.selectors.gates import fired_gates, gate_standings
from tests.factories.projects import AT, AssessmentFactory, words
from tests.projects.reviewing import gated_version, submitted

pytestmark = pytest.mark.django_db
TODAY = AT.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def assessment(retail, carol):
    said = {"split": "none", "people": "many", "stated": "none"}
    return submitted(retail, carol, gated_version(), **said)


def standing(assessment, code):
    found = gate_standings(assessment, fired_gates(assessment), TODAY)
    return next(one for one in found if one.code == code)


def override(assessment, state, days=1):
    return GateOverride.objects.create(
        assessment=assessment,
        gate="no_split",
        reason="A pilot",
        expires_on=TODAY + days * DAY,
        state=state,
    )


@pytest.mark.parametrize(
    ("rows", "lifted", "expired"),
    [
        ([], False, False),
        ([("requested", 1)], False, False),
        ([("approved", 0)], True, False),
        ([("approved", -1)], False, True),
        ([("approved", 1), ("requested", 1)], True, False),
        ([("approved", -1), ("refused", 1)], False, False),
        ([("withdrawn", 1)], False, False),
    ],
)
def test_exception_that_matters(assessment, rows, lifted, expired):
    for state, days in rows:
        override(assessment, state, days)
    found = standing(assessment, "no_split")
    assert (found.is_lifted, bool(found.expired_on)) == (lifted, expired)
    assert found.is_met is lifted


def test_a_planned_practice_meets_its_gate_until_it_is_dropped(assessment):
    practice = Practice.objects.create(
        slug="ask-users",
        title=words("Ask users"),
        kind="prevent",
        effect="0.20",
        cause_slugs=["leakage"],
    )
    assert not standing(assessment, "many").is_met
    row = Mitigation.objects.create(project=assessment.project, practice=practice)
    assert standing(assessment, "many").is_met
    row.state = "dropped"
    row.save()
    assert not standing(assessment, "many").is_met


def test_a_demanded_review_is_met_by_the_review(assessment):
    found = standing(assessment, "unstated")
    assert found.is_met
    assert not found.is_overridable


def test_a_draft_has_fired_nothing(retail):
    assert fired_gates(AssessmentFactory(project__unit=retail)) == []
