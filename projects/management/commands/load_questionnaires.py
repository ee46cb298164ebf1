"""Publishes the questionnaires shipped as YAML; safe to run at every start."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.scoring import InstrumentError
from projects.scoring.source import SourceError, read
from projects.services import questionnaires
from riskbase.shared.errors import DomainError

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "questionnaires"


class Command(BaseCommand):
    """See the module."""

    help = "Publish the questionnaires of projects/seeds/questionnaires."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        files = options["files"] or sorted(SEEDS.glob("*.yaml"))
        for path in files:
            self._load(path)

    def _load(self, path: Path) -> None:
        try:
            source = read(path.read_bytes())
        except SourceError as error:
            raise CommandError(f"{path.name}: {error}") from error
        try:
            loaded = questionnaires.load(document=source.document, at=timezone.now())
        except InstrumentError as error:
            problems = "\n  ".join(
                f"line {source.line_of(problem.place)[0]}: {problem}"
                for problem in error.problems
            )
            raise CommandError(f"{path.name}:\n  {problems}") from error
        except DomainError as error:
            raise CommandError(f"{path.name}: {error.message}") from error
        word = "published" if loaded.is_new else "unchanged"
        self.stdout.write(f"{loaded.version}: {word}")
