"""Loads all shipped content and wants the statistics recomputed."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portfolio.tasks import want_refresh


class Command(BaseCommand):
    """Idempotent: a second run changes nothing."""

    help = "Load taxonomy, practices, base rates, cases and questionnaires."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("load_knowledge", stdout=self.stdout)
        call_command("load_questionnaires", stdout=self.stdout)
        want_refresh([])
