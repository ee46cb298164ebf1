"""The dates of a failure: how exactly each is known, and which contradict each other."""

import calendar
import datetime as dt
from collections.abc import Mapping
from itertools import pairwise

ORDER = ("introduced_on", "detectable_on", "detected_on")
"""A fault enters before anybody could see it, and is seen after that."""
AFTER = ("acknowledged_on", "mitigated_on", "resolved_on", "reviewed_on")
"""None comes before it was seen; among themselves they come in any order."""
DATES = (*ORDER, *AFTER)
PRECISION = {name: f"{name.removesuffix('_on')}_precision" for name in DATES}
"""Field of a date -> field that says how exactly it is known."""
Dated = tuple[dt.date, str]
"""(day, precision); of a month or year any day of it stands for the whole."""


def span(day: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that may be meant.

    `precision` is day, month or year.
    """
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if precision == "month":
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last)
    return day, day


def contradicting(known: Mapping[str, Dated]) -> list[str]:
    """Return the names of the dates that lie before one that they must follow.

    `known` maps names of DATES to what is known. Two dates contradict each other only
    where no days that may be meant are in order: May 2026 may be after 20 May 2026.
    """

    def precedes(later: str, earlier: str) -> bool:
        return span(*known[later])[1] < span(*known[earlier])[0]

    ordered = [name for name in ORDER if name in known]
    wrong = [later for earlier, later in pairwise(ordered) if precedes(later, earlier)]
    if "detected_on" in known:
        wrong += [n for n in AFTER if n in known and precedes(n, "detected_on")]
    return wrong
