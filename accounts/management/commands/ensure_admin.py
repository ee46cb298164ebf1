"""Make sure that somebody can log in and that there is a unit to work in."""

import os
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Unit, User
from accounts.services.units import create_unit
from accounts.services.users import create_administrator

USERNAME = "admin"


class Command(BaseCommand):
    """Prints `created admin PASSWORD` or `exists admin`."""

    help = "Create the first administrator and the first unit where there is none."

    @transaction.atomic
    def handle(self, **options: Any) -> None:  # noqa: ARG002
        """Create what is missing."""
        said = self._administrator()
        if not Unit.objects.exists():
            create_unit(name="Organization", parent=None, by=None)
        self.stdout.write(said)

    def _administrator(self) -> str:
        if User.objects.filter(is_superuser=True, is_active=True).exists():
            return f"exists {USERNAME}"
        if User.objects.filter(username=USERNAME).exists():
            message = "An account named admin exists but does not administer the site."
            raise CommandError(message)
        password = os.environ.get("RISKBASE_ADMIN_PASSWORD") or secrets.token_urlsafe(
            12
        )
        create_administrator(
            username=USERNAME, email="admin@localhost", password=password
        )
        return f"created {USERNAME} {password}"
