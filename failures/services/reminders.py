"""Reminders of follow-ups: each is sent once, whoever runs the job."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from failures.models import ActionItem, ActionReminder, Postmortem
from failures.selectors.follow_ups import UNDONE
from riskbase.shared import mail
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.each import each

KIND = "failures.reminders"
NOTICE = 7
"""Days before the due date at which somebody is reminded."""


def want(today: dt.date) -> None:
    """Ask for the reminders of a day; asking twice is one job."""
    queue.enqueue(
        kind=KIND, key=today.isoformat(), payload={"today": today.isoformat()}
    )


def run(*, running: queue.Running) -> dict[str, int]:
    """Remind of all follow-ups that are due soon, or overdue.

    Run again, or by two workers at once, it sends nothing twice.
    """
    today = dt.date.fromisoformat(running.payload["today"])
    due, sent = each(
        due_actions(today), lambda action: remind(action, today), running=running
    )
    return {"due": due, "sent": sent}


def due_actions(today: dt.date) -> QuerySet[ActionItem]:
    """Return what is to be done soon, or should be done already, and is not."""
    return ActionItem.objects.filter(
        state__in=UNDONE,
        postmortem__is_demo=False,
        due_on__lte=today + dt.timedelta(days=NOTICE),
    ).select_related("owner", "postmortem__author")


def remind(action: ActionItem, today: dt.date) -> bool:
    """Write to who is to do it, or else to the record's author, unless they know."""
    person, due = action.owner or action.postmortem.author, action.due_on
    if person is None or due is None or not person.is_active or not person.email:
        return False
    if not _reads(person, action):
        return False
    is_overdue = due < today
    with transaction.atomic():
        # A second worker waits here for the first, and then finds the row.
        _row, is_new = ActionReminder.objects.get_or_create(
            action=action,
            person=person,
            due_on=due,
            is_overdue=is_overdue,
            defaults={"sent_at": timezone.now()},
        )
        if is_new:
            # A mail that fails takes its row along.
            _send(person, action, is_overdue=is_overdue)
    return is_new


def _reads(person: User, action: ActionItem) -> bool:
    rows = Postmortem.objects.visible_to(person)
    return rows.filter(pk=action.postmortem_id).exists()


def _send(person: User, action: ActionItem, *, is_overdue: bool) -> None:
    page = reverse("failures:postmortem-detail", args=[action.postmortem_id])
    mail.write(
        person,
        "failures/email/follow_up",
        {
            "action": action,
            "reference": action.postmortem.reference,
            "is_owner": action.owner_id == person.pk,
            "is_overdue": is_overdue,
            "link": f"{settings.SITE_ADDRESS}{page}#actions",
        },
    )
