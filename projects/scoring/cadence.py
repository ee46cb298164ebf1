"""When a project is to be assessed again: the sooner, the riskier and the nearer to use.

The days are judgement: a critical project changes from month to month, a harmless one
is looked at with the yearly planning at the latest. What runs, or is about to, meets
data nobody chose, so that it is looked at twice as often.
"""

import datetime as dt

from projects.scoring.tiers import RiskTier

DAYS = {
    RiskTier.CRITICAL: 30,
    RiskTier.HIGH: 60,
    RiskTier.MODERATE: 120,
    RiskTier.LOW: 240,
}
NEAR_USE = frozenset({"deployment", "operation"})
"""Stages in which the interval is halved."""
NOTICE = 14
"""Days before the due date at which somebody is reminded."""


def days_until_due(tier: RiskTier, stage: str) -> int:
    """Return how many days an assessment of this tier holds in a stage."""
    days = DAYS[tier]
    return days // 2 if stage in NEAR_USE else days


def due_on(assessed_on: dt.date, tier: RiskTier, stage: str) -> dt.date:
    """Return the day by which the project is to be assessed again."""
    return assessed_on + dt.timedelta(days=days_until_due(tier, stage))
