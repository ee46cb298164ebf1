"""Scenarios in numbers and words."""

import pytest

from failures.models import Practice
from projects.instruments import Entry
from projects.models import Mitigation, Scenario
from projects.scoring import Answer
from projects.selectors.grounds import ground_of, practice_changes
from projects.selectors.next_steps import remedy_for, telling_for
from projects.selectors.what_if import columns_of, comparison_of, rows_of, today
from projects.services import scenarios
from tests.factories.projects import AT, words
from tests.factories.runs import scored

pytestmark = pytest.mark.django_db
WORST = {"stated": "none", "people": "many", "split": "none", "signs": ["a"]}


@pytest.fixture
def assessment(retail, carol):
    return scored(unit=retail, by=carol, **WORST).assessment


@pytest.fixture
def practice(db):
    return Practice.objects.create(
        slug="locked-test-set",
        title=words("Lock the test set"),
        kind="prevent",
        effect="0.50",
        cause_slugs=["leakage"],
    )


def test_today_is_the_frozen_run(assessment):
    ground = ground_of(assessment)
    assert today(ground).tier == ground.run.tier
    assert today(ground).overall.point == ground.run.point


def test_verified_practice_counts_on_both_sides(assessment, practice, carol):
    before = today(ground_of(assessment))
    Mitigation.objects.create(
        project=assessment.project,
        practice=practice,
        state="verified",
        verified_at=AT,
    )
    ground = ground_of(assessment)
    after = today(ground)
    left = {cell.slug: cell.left.point for cell in after.causes if cell.left}
    was = {cell.slug: cell.left.point for cell in before.causes if cell.left}
    assert left["leakage"] == was["leakage"] / 2
    assert practice_changes(ground) == []


@pytest.mark.parametrize(("state", "cost"), [("implemented", 5), ("planned", 8)])
def test_what_is_under_way_is_cheaper(assessment, practice, state, cost):
    assert practice_changes(ground_of(assessment))[0].cost == 10
    Mitigation.objects.create(
        project=assessment.project, practice=practice, state=state
    )
    assert practice_changes(ground_of(assessment))[0].cost == cost


def test_columns_tell_what_changes_and_what_it_leads_to(assessment, practice, carol):
    scenario = scenarios.create(
        assessment=assessment,
        name="Lock it",
        entries={"split": Entry("answered", "locked")},
        practices=[practice.slug],
        by=carol,
    )
    ground = ground_of(assessment)
    (column,) = columns_of(ground, [scenario])
    (changed,) = column.answers
    assert (changed.code, bool(changed.before), bool(changed.after)) == (
        "split",
        True,
        True,
    )
    assert column.practices == [practice.title]
    found = comparison_of(ground, scenario)
    assert found.tier_change == column.tier_change
    rows = rows_of([today(ground), column])
    assert [row.cells[0].slug for row in rows] == [c.slug for c in column.causes]


def test_answer_that_no_longer_fits_changes_nothing(assessment):
    scenario = Scenario(
        assessment=assessment,
        answers={
            "split": {"state": "answered", "value": "no such choice"},
            "gone": {"state": "unknown"},
        },
    )
    ground = ground_of(assessment)
    assert columns_of(ground, [scenario])[0].answers == []


def test_taking_an_answer_back_is_a_change(assessment):
    scenario = Scenario(assessment=assessment, answers={"split": {"state": "blank"}})
    (column,) = columns_of(ground_of(assessment), [scenario])
    assert column.answers[0].after == "Not answered"


def test_smallest_change_lowers_the_tier_and_is_kept_in_the_cache(assessment):
    ground = ground_of(assessment)
    remedy = remedy_for(ground)
    assert remedy.is_exact
    assert remedy.column.tier_change < 0
    again = remedy_for(ground)
    assert (again.answers, again.size) == (remedy.answers, remedy.size)
    assert all(isinstance(answer, Answer) for answer in again.answers.values())


def test_the_lowest_tier_needs_no_remedy(retail, carol):
    best = {"stated": "signed", "people": "few", "split": "locked", "stable": 5}
    run = scored(unit=retail, by=carol, **best)
    assert run.tier == "low"
    assert remedy_for(ground_of(run.assessment)) is None


def test_questions_that_tell_most_are_open_ones(assessment):
    telling = telling_for(ground_of(assessment), 2)
    assert telling is None or not {q.code for q in telling.questions} & set(WORST)
