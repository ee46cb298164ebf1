"""Reminders to assess a project again: each is sent once, whoever runs the job."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import may
from accounts.roles import Permission
from projects.choices import ProjectState
from projects.models import Project, Reminder
from projects.scoring.cadence import NOTICE
from riskbase.shared import mail
from riskbase.shared.events import outbox
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.each import each

KIND = "projects.reminders"


def want(today: dt.date) -> None:
    """Ask for the reminders of a day; asking twice is one job."""
    queue.enqueue(
        kind=KIND, key=today.isoformat(), payload={"today": today.isoformat()}
    )


def run(*, running: queue.Running) -> dict[str, int]:
    """Remind the owners of all projects that are due soon, or overdue.

    Run again, or by two workers at once, it sends nothing twice.
    """
    today = dt.date.fromisoformat(running.payload["today"])
    rows = due_projects(today).select_related("owner", "unit")
    due, sent = each(rows, lambda project: remind(project, today), running=running)
    return {"due": due, "sent": sent}


def due_projects(today: dt.date) -> QuerySet[Project]:
    """Return the running projects to be assessed again soon, or late already."""
    return Project.objects.filter(
        state=ProjectState.ACTIVE,
        is_demo=False,
        reassess_on__lte=today + dt.timedelta(days=NOTICE),
    )


def remind(project: Project, today: dt.date) -> bool:
    """Send the owner the reminder of this due date, unless they have it."""
    owner, due = project.owner, project.reassess_on
    if due is None or not owner.is_active or not owner.email:
        return False
    if not may(owner, Permission.VIEW, project.unit):
        return False
    with transaction.atomic():
        # A second worker waits here for the first, and then finds the row.
        _row, is_new = Reminder.objects.get_or_create(
            project=project,
            person=owner,
            due_on=due,
            is_overdue=due < today,
            defaults={"sent_at": timezone.now()},
        )
        if not is_new:
            return False
        outbox.emit(
            topic="project.reassessment_due",
            target=project,
            payload={"due_on": due.isoformat(), "is_overdue": due < today},
        )
        _send(project, is_overdue=due < today)
    return True


def _send(project: Project, *, is_overdue: bool) -> None:
    """Write to the owner in their language. A mail that fails takes its row along."""
    page = reverse("projects:project-detail", args=[project.pk])
    mail.write(
        project.owner,
        "projects/email/reassessment",
        {
            "project": project,
            "is_overdue": is_overdue,
            "link": settings.SITE_ADDRESS + page,
        },
    )
