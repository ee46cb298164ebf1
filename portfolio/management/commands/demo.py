"""Loads or removes the invented demo portfolio."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from portfolio.services import demo, demo_removal
from portfolio.services.jobs import request_refresh
from riskbase.shared.errors import DomainError


class Command(BaseCommand):
    """See the module."""

    help = "Load or remove the demo portfolio; every row of it is marked (demo)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["load", "remove"])
        parser.add_argument(
            "--by", help="username of the owner; default: an administrator"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            counts = (
                vars(demo.load(by=self._person(options["by"]), at=timezone.now()))
                if options["act"] == "load"
                else demo_removal.remove()
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        if not any(counts.values()):
            self.stdout.write("Nothing to do.")
            return
        request_refresh()
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")

    def _person(self, username: str | None) -> User:
        people = User.objects.filter(is_active=True)
        found = (
            people.filter(username=username).first()
            if username
            else people.filter(is_superuser=True).order_by("date_joined").first()
        )
        if found is None:
            raise CommandError("No such active person; create an administrator first.")
        return found
