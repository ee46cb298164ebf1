"""Imports a file of post-mortems into a unit, as the page does."""

import argparse
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Unit, User
from failures import permissions
from failures.choices import WITHIN, ImportMode, ImportStage, Visibility
from failures.models import ImportRun
from failures.selectors.imports import told
from failures.services import imports
from riskbase.shared.errors import DomainError
from riskbase.shared.jobs import queue

POLL = 0.5


class Command(BaseCommand):
    """Idempotent by external id: a second run changes nothing."""

    help = (
        "Import post-mortems from CSV, XLSX, JSON or lines of JSON. Columns are known "
        "by their names; files of the AI Incident Database and of AVID as they are."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--unit", help="its name; without it the first one")
        parser.add_argument("--by", help="who imports; without it an administrator")
        parser.add_argument(
            "--visibility", choices=list(dict(WITHIN)), default=Visibility.RESTRICTED
        )
        parser.add_argument("--check", action="store_true", help="write nothing")
        parser.add_argument(
            "--atomic", action="store_true", help="all rows, or none if one is at fault"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        unit, by = self._unit(options["unit"]), self._person(options["by"])
        if not permissions.can_import(by, unit):
            raise CommandError(f"{by} may not import into {unit}.")
        try:
            with options["path"].open("rb") as file:
                run = imports.upload(
                    file=file,
                    name=options["path"].name,
                    unit=unit,
                    by=by,
                    visibility=options["visibility"],
                )
            mode = ImportMode.ATOMIC if options["atomic"] else ImportMode.PARTIAL
            run = imports.start(run=run, by=by, mode=mode, is_dry=options["check"])
        except OSError as error:
            raise CommandError(f"{options['path']}: {error.strerror}.") from error
        except DomainError as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self._report(self._done(run))

    def _unit(self, name: str | None) -> Unit:
        rows = Unit.objects.filter(is_demo=False)
        rows = rows.filter(name=name) if name else rows.filter(parent=None)
        found = list(rows.order_by("pk")[:2])
        if not found or (name and len(found) > 1):
            called = f" called {name!r}" if name else ""
            raise CommandError(
                f"Several units are{called}." if found else f"There is no unit{called}."
            )
        return found[0]

    def _person(self, username: str | None) -> User:
        rows = User.objects.filter(is_active=True)
        rows = (
            rows.filter(username=username)
            if username
            else rows.filter(is_superuser=True)
        )
        found = rows.order_by("pk").first()
        if found is None:
            raise CommandError(f"There is nobody called {username or 'administrator'}.")
        return found

    def _done(self, run: ImportRun) -> ImportRun:
        """Do the job here, unless a worker was faster: then wait for it."""
        import_module("failures.tasks")  # says who does such a job
        while not run.is_finished:
            if run.job is None or not run.job.is_active:
                raise CommandError("The import failed. See the background work.")
            if not queue.run(str(run.job.pk), now=timezone.now()):
                time.sleep(POLL)
            run = ImportRun.objects.select_related("job").get(pk=run.pk)
        return run

    def _report(self, run: ImportRun) -> None:
        for fault in run.faults.all().iterator():
            self.stderr.write(
                f"row {fault.row}, {fault.column}: {told(fault).sentence}"
            )
        said = {
            ImportStage.CHECKED: "Checked, nothing written",
            ImportStage.REFUSED: "Refused, nothing written",
        }.get(ImportStage(run.stage), "Imported")
        self.stdout.write(
            f"{said}: {run.rows} rows, {run.created_count} created, "
            f"{run.updated_count} updated, {run.unchanged_count} unchanged, "
            f"{run.faulty} at fault"
        )
