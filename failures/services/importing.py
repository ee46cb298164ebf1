"""Doing an import: every fault found, the good rows stored, also after a lost worker.

The file is read twice: once to find every fault, once to store. Each batch commits with
the row from which to go on, so that a lost worker's successor ends in the same state.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from failures.choices import COUNTED_STATES, ImportMode, ImportStage
from failures.coding.amounts import COLUMN
from failures.exchange.checks import Checked, against, checked
from failures.exchange.columns import COLUMNS
from failures.exchange.sources import READY, adapted, crosswalk_of
from failures.models import FailureCause, ImportFault, ImportRun, Postmortem
from failures.models.amounts import amounts_of
from failures.services import copies
from failures.services.imported import Stored, Target, causes_of, store
from failures.services.imports import limits
from riskbase.shared import blobs
from riskbase.shared.audit import trail
from riskbase.shared.jobs import queue
from riskbase.shared.tabular import Fault, convert, open_table

BATCH = 200
READ_AT_ONCE = 500
"""Rows between two words of progress while checking."""


def run(*, running: queue.Running, size: int = BATCH) -> dict[str, int]:
    """Do what the run asks for; repeated after a loss, it goes on where it was."""
    row = (
        ImportRun.objects.select_related("unit", "requested_by")
        .filter(pk=running.payload["run"], version=running.payload["version"])
        .first()
    )
    if row is None or row.is_finished:
        return {}
    reading = Reading(row)
    if not row.next_row:
        _note_faults(row, reading, running)
    stage = ImportStage.CHECKED
    if not row.is_dry:
        stage = ImportStage.REFUSED
        if not row.faulty or row.mode == ImportMode.PARTIAL:
            _import(row, reading, running, size)
            stage = ImportStage.IMPORTED
    with transaction.atomic():
        running.confirm()
        row.stage, row.finished_at = stage, timezone.now()
        row.save()
        counts = {name: getattr(row, name) for name in COUNTS}
        trail.record(
            by=row.requested_by,
            verb="import_ended",
            target=row,
            after={"stage": stage, **counts},
        )
    return counts


COUNTS = ("rows", "faulty", "created_count", "updated_count", "unchanged_count")


class Reading:
    """The rows of a run's file, converted and checked, as often as asked."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.table = open_table(blobs.path_of(run.sha256), limits())
        self.source = READY.get(run.source)
        causes = FailureCause.objects.current().select_related("release")
        self.causes = {cause.slug: cause for cause in causes}
        taxonomy = self.source.taxonomy if self.source else ""
        self.crosswalk = (
            crosswalk_of(
                (cause.slug, cause.mappings.get(taxonomy) or ()) for cause in causes
            )
            if taxonomy
            else {}
        )

    def __iter__(self) -> Iterator[Checked]:
        names = {ours: theirs for theirs, ours in self.run.mapping.items()}
        first: dict[str, int] = {}
        own = self._own_references()
        in_work = self._in_work()
        stated = self._stated()
        for raw in self.table:
            found = convert(
                adapted(raw, self.source, self.crosswalk), self.run.mapping, COLUMNS
            )
            row = checked(found, names, self.causes)
            number = row.values.get("external_id")
            faults = [*row.faults]
            name = names.get("external_id", "external_id")
            if number is not None and number in first:
                faults.append(
                    Fault(row.row, name, "doubled", {"row": first[number]}, number[:80])
                )
            elif number is not None:
                first[number] = row.row
                if number in own:
                    faults.append(Fault(row.row, name, "own_record", {}, number[:80]))
                if number in in_work:
                    faults.append(Fault(row.row, name, "in_work", {}, number[:80]))
            if not faults and number in stated:
                faults += [
                    Fault(row.row, names.get(column, column), code, {}, "")
                    for column, code in against(row.values, stated[number])
                ]
            yield Checked(row.row, row.values, tuple(faults))

    def _stated(self) -> dict[str, dict[str, Any]]:
        """Return, by number, what the unit's records hold and a file may change in part.

        Without those that hold none of it: nothing can go against them.
        """
        ranges = ("currency", "affected_low", "affected_high")
        rows = (
            Postmortem.objects.filter(unit=self.run.unit, external_id__isnull=False)
            .exclude(currency="", affected_low=None, affected_high=None)
            .only("external_id", *COLUMN.values(), *ranges)
        )
        return {
            str(row.external_id): {
                **amounts_of(row),
                **{name: getattr(row, name) for name in ranges},
            }
            for row in rows.iterator(1000)
        }

    def _own_references(self) -> set[str]:
        """Return references of the unit's records that no file gave a number."""
        held = Postmortem.objects.filter(unit=self.run.unit, external_id=None)
        return set(held.values_list("reference", flat=True))

    def _in_work(self) -> set[str]:
        """Return the numbers of the unit's records that somebody is editing."""
        held = Postmortem.objects.filter(unit=self.run.unit, external_id__isnull=False)
        open_now = held.exclude(state__in=COUNTED_STATES)
        return {str(each) for each in open_now.values_list("external_id", flat=True)}


def _note_faults(row: ImportRun, reading: Reading, running: queue.Running) -> None:
    """Read the whole file and keep what is wrong; an earlier report is replaced."""
    faults: list[ImportFault] = []
    faulty = 0
    total = row.rows if row.is_dry else 2 * row.rows
    sets: set[tuple[str, ...]] = set()
    for done, each in enumerate(reading, start=1):
        faulty += bool(each.faults)
        if not each.faults:
            sets.add(tuple(causes_of(each.values)))
        faults += [
            ImportFault(
                run=row,
                row=fault.row,
                column=fault.column[:300],
                code=fault.code,
                params=trail.plain(fault.params),
                value=fault.value[:100],
            )
            for fault in each.faults
        ]
        if done % READ_AT_ONCE == 0:
            running.progress(done, total, _("Checking the rows"))
    if not row.is_dry:
        # Before the long transaction: others who need the same set would wait for it.
        copies.keep_sets(sets)
    with transaction.atomic():
        running.confirm()
        row.faults.all().delete()
        ImportFault.objects.bulk_create(faults, batch_size=1000)
        row.faulty = faulty
        row.save(update_fields=["faulty"])


def _import(
    row: ImportRun, reading: Reading, running: queue.Running, size: int
) -> None:
    """Store the good rows: batch by batch, or all in one transaction."""
    target = Target(row.unit, row.visibility, row.requested_by, reading.causes)
    if row.mode == ImportMode.ATOMIC:
        with transaction.atomic():
            # Locks the job: nobody takes it while this one transaction lasts.
            running.confirm()
            for batch, after in _batches(reading, row.next_row, size):
                _store(row, batch, after, target)
        return
    done = 0
    for batch, after in _batches(reading, row.next_row, size):
        with transaction.atomic():
            running.confirm()
            _store(row, batch, after, target)
        done = after
        running.progress(
            min(row.rows + done, 2 * row.rows), 2 * row.rows, _("Storing the rows")
        )


def _store(
    row: ImportRun, batch: Sequence[Mapping[str, Any]], after: int, target: Target
) -> None:
    stored = store(batch, target) if batch else Stored()
    row.created_count += stored.created
    row.updated_count += stored.updated
    row.unchanged_count += stored.unchanged
    row.next_row = after
    row.save(
        update_fields=["created_count", "updated_count", "unchanged_count", "next_row"]
    )


def _batches(
    reading: Reading, start: int, size: int
) -> Iterator[tuple[list[Mapping[str, Any]], int]]:
    """Yield good rows from `start` on, and the row after each batch."""
    batch: list[Mapping[str, Any]] = []
    for each in reading:
        if each.row < start or each.faults:
            continue
        batch.append(each.values)
        if len(batch) == size:
            yield batch, each.row + 1
            batch = []
    if batch:
        yield batch, each.row + 1
