"""Loads taxonomy, practices, base rates and cases from the content files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from failures.services.content import load_knowledge
from failures.services.taxonomy import TaxonomyConflict
from failures.taxonomy import DocumentError


class Command(BaseCommand):
    """Idempotent: a second run changes nothing."""

    help = "Load the taxonomy, practices, published base rates and public cases."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            loaded = load_knowledge(at=timezone.now())
        except DocumentError as error:
            faults = "\n".join(str(problem) for problem in error.problems)
            raise CommandError(f"The content has faults:\n{faults}") from error
        except TaxonomyConflict as error:
            raise CommandError(str(error.message)) from error
        for name, counts in loaded.items():
            self.stdout.write(
                f"{name}: {counts.created} created, {counts.updated} updated, "
                f"{counts.unchanged} unchanged, {counts.retired} retired"
            )
