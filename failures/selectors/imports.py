"""Imports that somebody may see, with what was wrong."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import Person, Unit, User
from accounts.roles import Permission
from failures.models import ImportFault, ImportRun
from riskbase.shared.keyset import Ordering
from riskbase.shared.tabular import Fault

FAULT_ORDER = Ordering("row", "row")
REPORT = ("row", "column", "code", "message", "value")


def runs_visible_to(user: Person) -> QuerySet[ImportRun]:
    """Return the imports into units where `user` reviews, whoever sent them."""
    units = Unit.objects.where(user, Permission.REVIEW)
    return ImportRun.objects.filter(unit__in=units).select_related(
        "unit", "job", "requested_by"
    )


def units_to_import_into(user: User) -> QuerySet[Unit]:
    """Return the units whose reviewers `user` is among."""
    return Unit.objects.where(user, Permission.REVIEW)


def faults_of(run: ImportRun) -> QuerySet[ImportFault]:
    """Return the faults in the order of the file."""
    return run.faults.order_by("row", "id")


def told(fault: ImportFault) -> Fault:
    """Return the stored fault, with its sentence in the reader's language."""
    return Fault(fault.row, fault.column, fault.code, fault.params, fault.value)


def report_rows(run: ImportRun) -> Iterator[dict[str, Any]]:
    """Yield each fault as a row of the downloadable report."""
    for fault in faults_of(run).iterator(1000):
        yield {
            "row": fault.row,
            "column": fault.column,
            "code": fault.code,
            "message": told(fault).sentence,
            "value": fault.value,
        }
