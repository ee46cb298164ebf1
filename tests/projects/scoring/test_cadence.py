"""The riskier and the nearer to use, the sooner a project is assessed again."""

import datetime as dt

import pytest

from failures.choices import Stage
from projects.scoring import RiskTier
from projects.scoring.cadence import NEAR_USE, NOTICE, days_until_due, due_on


def test_days_follow_the_published_table():
    assert [days_until_due(tier, "training") for tier in RiskTier] == [240, 120, 60, 30]
    assert [days_until_due(tier, "operation") for tier in RiskTier] == [120, 60, 30, 15]


@pytest.mark.parametrize("stage", Stage.values)
def test_a_riskier_project_is_never_assessed_later(stage):
    days = [days_until_due(tier, stage) for tier in RiskTier]
    assert days == sorted(days, reverse=True)
    assert min(days) > NOTICE


def test_stages_of_use_are_stages_of_projects():
    assert set(Stage.values) >= NEAR_USE


def test_due_date_counts_from_the_assessment():
    day = due_on(dt.date(2026, 1, 31), RiskTier.CRITICAL, "training")
    assert day == dt.date(2026, 3, 2)
