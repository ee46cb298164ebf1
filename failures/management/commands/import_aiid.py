"""Imports the AI Incident Database's incidents.csv as restricted outside records."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Unit
from failures.imports import Reading, UnreadableFile, read_incidents, write_report
from failures.services import incidents
from failures.services.taxonomy import Loaded


class Command(BaseCommand):
    """Idempotent: a second run changes nothing."""

    help = (
        "Import incidents of the AI Incident Database (CC BY-SA 4.0) as restricted "
        "outside post-mortems."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="incidents.csv")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--report", type=Path, help="CSV file for refused rows")
        parser.add_argument("--unit", help="unit whose managers may read them")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            reading = read_incidents(options["path"])
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        unit = self._unit(options["unit"])
        self._report(reading, options["report"])
        if options["dry_run"]:
            loaded = incidents.plan(incidents=reading.incidents)
        else:
            loaded = incidents.store(
                incidents=reading.incidents, unit=unit, at=timezone.now()
            )
        self._summary(reading, loaded, dry_run=options["dry_run"])

    def _unit(self, name: str | None) -> Unit | None:
        if not name:
            return None
        found = list(Unit.objects.filter(name=name)[:2])
        if len(found) != 1:
            raise CommandError(
                f"{'Several units are' if found else 'No unit is'} called {name!r}."
            )
        return found[0]

    def _report(self, reading: Reading, path: Path | None) -> None:
        if path is None:
            for fault in reading.faults:
                self.stderr.write(
                    f"row {fault.row}, {fault.column}: {fault.code}: {fault.message}"
                )
            return
        try:
            with path.open("w", encoding="utf-8", newline="") as stream:
                write_report(reading.faults, stream)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from error

    def _summary(self, reading: Reading, loaded: Loaded, *, dry_run: bool) -> None:
        prefix = "Dry run, nothing written: " if dry_run else ""
        self.stdout.write(
            f"{prefix}{reading.rows} rows, {loaded.created} created, "
            f"{loaded.updated} updated, {loaded.unchanged} unchanged, "
            f"{len(reading.faults)} refused"
        )
