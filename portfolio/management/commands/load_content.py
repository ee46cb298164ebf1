"""Loads everything shipped: knowledge, cases, questionnaires; safe at every start."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portfolio.models import Snapshot
from portfolio.services.jobs import request_refresh


class Command(BaseCommand):
    """See the module."""

    help = "Load taxonomy, practices, base rates, cases and questionnaires."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("load_knowledge", stdout=self.stdout)
        call_command("load_questionnaires", stdout=self.stdout)
        job = request_refresh()
        state = "again" if Snapshot.objects.current().exists() else "for the first time"
        self.stdout.write(f"statistics: wanted {state} ({job.state})")
