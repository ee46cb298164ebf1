"""Background work of projects."""

from collections.abc import Mapping
from typing import Any

from celery import shared_task
from django.utils import timezone

from projects.services import backtests, reminders
from riskbase.shared.jobs import queue


@queue.handles(backtests.KIND)
def backtest(running: queue.Running) -> Mapping[str, Any]:
    """Score a document over the past answer sheets."""
    return backtests.run(running=running)


@queue.handles(reminders.KIND)
def send_reminders(running: queue.Running) -> Mapping[str, Any]:
    """Remind the owners of projects that are to be assessed again."""
    return reminders.run(running=running)


@shared_task(name="projects.remind")
def remind() -> None:
    """Want today's reminders, every morning."""
    reminders.want(timezone.localdate())
