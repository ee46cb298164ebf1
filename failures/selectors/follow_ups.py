"""Follow-ups of all records in one list: what is open, whose it is, what is overdue."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import DateField, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.models import Person
from failures.choices import ActionState
from failures.models import ActionItem, Postmortem
from riskbase.shared.keyset import Ordering

FAR = dt.date(9999, 12, 31)
"""Where follow-ups without a date stand: after all that have one."""
BY_DUE = Ordering("due", Coalesce("due_on", Value(FAR), output_field=DateField()))
NEWEST = Ordering("-created", "pk", descending=True)
UNDONE = (ActionState.OPEN, ActionState.IN_PROGRESS)
WAITING = (*UNDONE, ActionState.DONE)
"""Not shown to work yet, and not refused."""


@dataclass(frozen=True)
class Wanted:
    """Which follow-ups; empty means any."""

    state: str = ""
    """A state, `waiting` or `overdue`."""
    mine: bool = False
    priority: str = ""


def follow_ups(user: Person) -> QuerySet[ActionItem]:
    """Return the follow-ups of the records that `user` may read."""
    records = Postmortem.objects.visible_to(user)
    return ActionItem.objects.filter(
        postmortem__in=records.order_by().values("pk")
    ).select_related("owner", "postmortem__unit")


def narrowed(
    rows: QuerySet[ActionItem], wanted: Wanted, *, user: Person, today: dt.date
) -> QuerySet[ActionItem]:
    """Keep what is wanted."""
    if wanted.state == "overdue":
        rows = overdue(rows, today)
    elif wanted.state == "waiting":
        rows = rows.filter(state__in=WAITING)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.mine:
        rows = rows.filter(owner=user.pk)
    if wanted.priority:
        rows = rows.filter(priority=wanted.priority)
    return rows


def overdue(rows: QuerySet[ActionItem], today: dt.date) -> QuerySet[ActionItem]:
    """Keep those that should be done by now and are not."""
    return rows.filter(due_on__lt=today, state__in=UNDONE)
