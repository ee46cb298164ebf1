"""The invented portfolio has the rates it claims."""

import datetime as dt
import re
from pathlib import Path

import pytest

from portfolio.stats import simulation
from portfolio.stats.simulation import PLACES, failure_chance, invent, true_failure_rate

TODAY = dt.date(2026, 6, 30)
DOCUMENT = Path(__file__).parents[3] / "docs" / "demo.md"


def test_the_same_seed_invents_the_same_projects():
    assert invent(TODAY) == invent(TODAY)
    assert invent(TODAY) != invent(TODAY, seed=2)


def test_names_are_unique_and_dates_in_order():
    projects = invent(TODAY)
    assert len({project.name for project in projects}) == len(projects) == 120
    for project in projects:
        assert project.started_on < project.introduced_on < project.ended_on
        assert project.started_on < project.due_on


@pytest.mark.parametrize("at", range(len(PLACES)))
def test_many_portfolios_fail_as_often_as_documented(at):
    drawn = [p for seed in range(60) for p in invent(TODAY, seed) if p.place == at]
    failed = sum(project.failed for project in drawn) / len(drawn)
    assert failed == pytest.approx(true_failure_rate(PLACES[at]), abs=0.03)


def test_more_causes_fail_more_often():
    assert failure_chance(0) < failure_chance(1) < failure_chance(2) < 1


def test_the_documented_rates_are_the_true_ones():
    text = DOCUMENT.read_text(encoding="utf-8")
    for cause, rate in simulation.CAUSE_RATES.items():
        assert re.search(rf"\| {cause} \| {rate:.2f} \|", text), cause
    for place in PLACES:
        row = (
            f"| {place.name} | {place.exposure:.2f} | {true_failure_rate(place):.1%} |"
        )
        assert row in text, row
