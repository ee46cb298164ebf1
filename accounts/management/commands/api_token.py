"""Print a new API token of a person, and nothing else."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.choices import API_SCOPES
from accounts.models import User
from accounts.services.tokens import create_token
from riskbase.shared.errors import DomainError


class Command(BaseCommand):
    """`manage.py api_token alice --scope read --days 90 --name laptop`."""

    help = "Make an API token and print it; it is shown this once only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("username")
        parser.add_argument(
            "--scope", action="append", choices=sorted(API_SCOPES), dest="scopes"
        )
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument("--name", default="command line")

    def handle(self, *, username: str, **options: Any) -> None:
        """Make the token of the active person of that name."""
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            message = f"No active account is named {username}."
            raise CommandError(message)
        try:
            _, secret = create_token(
                by=user,
                name=options["name"],
                scopes=options["scopes"] or ["read"],
                days=options["days"],
            )
        except DomainError as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(secret)
