"""The result in words is the stored result, and its parts add up."""

from decimal import Decimal

import pytest

from projects.selectors.filling import filling_of
from projects.selectors.results import profile_of, result_of, runs_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def result(run):
    return result_of(run, filling_of(run.assessment))


def test_shown_parts_add_up_to_the_score(result):
    for cause in result.assessed:
        parts = sum((driver.points for driver in cause.drivers), Decimal(0))
        assert parts + (cause.lift or 0) == cause.scores.point


def test_the_strongest_cause_comes_first(result):
    points = [cause.scores.point for cause in result.assessed]
    assert points == sorted(points, reverse=True)
    assert result.assessed[0].slug == result.binding.slug == "unclear-problem"


def test_floors_and_gates_are_told_in_words(result):
    floor, gate = result.floors[0], result.gates[0]
    assert (floor.answer, floor.score) == ("Choice none", 75)
    assert gate.message["en"] == "Nobody has stated the problem."


def test_the_profile_holds_assessed_causes_only(run):
    profile = profile_of(run)
    assert profile["unclear-problem"] == pytest.approx(88, abs=1)
    assert set(profile) >= {"leakage", "lk-split", "up-hype"}


def test_the_first_run_has_no_change(run):
    assert runs_of(run.assessment) == [(run, None)]
