"""Computes the statistics now, without a worker."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portfolio.services.refresh import refresh


class Command(BaseCommand):
    """See the module."""

    help = "Compute and publish the statistics of every scope."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, count in refresh(at=timezone.now()).as_counts().items():
            self.stdout.write(f"{name}: {count}")
