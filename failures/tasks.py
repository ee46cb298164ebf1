"""Background work of failures."""

from collections.abc import Mapping
from typing import Any

from celery import shared_task
from django.utils import timezone

from failures.services import import_files, importing, imports, reminders
from riskbase.shared.jobs import queue


@queue.handles(imports.KIND)
def import_file(running: queue.Running) -> Mapping[str, Any]:
    """Check an uploaded file of post-mortems, or import it."""
    return importing.run(running=running)


@queue.handles(reminders.KIND)
def send_reminders(running: queue.Running) -> Mapping[str, Any]:
    """Remind of follow-ups that are due soon, or overdue."""
    return reminders.run(running=running)


@shared_task(name="failures.remind")
def remind() -> None:
    """Want today's reminders, every morning."""
    reminders.want(timezone.localdate())


@shared_task(name="failures.forget_import_files")
def forget_import_files() -> None:
    """Let go of files that were imported long ago."""
    import_files.forget(now=timezone.now())
