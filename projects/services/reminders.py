"""Reminders to assess a project again: each is sent once, whoever runs the job."""

import datetime as dt
import uuid
from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.permissions import may
from accounts.roles import Permission
from projects.choices import ProjectState
from projects.models import Project, Reminder
from projects.scoring.cadence import NOTICE
from riskbase.shared.events import outbox
from riskbase.shared.jobs import queue

KIND = "projects.reminders"
BATCH = 100


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
    rows = due_projects(today)
    total, done, sent = rows.count(), 0, 0
    failures: list[OSError] = []
    for batch in _batches(rows):
        for project in Project.objects.filter(pk__in=batch).select_related(
            "owner", "unit"
        ):
            try:
                sent += remind(project, today)
            except OSError as error:  # SMTP's errors are among them
                failures.append(error)
        done += len(batch)
        running.progress(done, max(total, done))
    if failures:
        # One address that is refused must not keep the others waiting; the job is
        # tried again for those that failed.
        raise failures[0]
    return {"due": total, "sent": sent}


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
    with translation.override(project.owner.language):
        context = {
            "project": project,
            "is_overdue": is_overdue,
            "site_name": settings.SITE_NAME,
            "link": settings.SITE_ADDRESS
            + reverse("projects:project-detail", args=[project.pk]),
        }
        subject = render_to_string("projects/email/reassessment_subject.txt", context)
        message = render_to_string("projects/email/reassessment_message.txt", context)
    send_mail(
        subject=" ".join(subject.split()),
        message=message,
        from_email=None,
        recipient_list=[project.owner.email],
    )


def _batches(rows: QuerySet[Project]) -> Iterator[list[uuid.UUID]]:
    keys = iter(list(rows.order_by("pk").values_list("pk", flat=True)))
    while batch := list(islice(keys, BATCH)):
        yield batch
