"""Asking for an import: the upload, what its columns are, check or import."""

from collections.abc import Mapping
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User
from failures.choices import WITHIN, ImportMode, ImportStage, Visibility
from failures.exchange.columns import BY_NAME, COLUMNS
from failures.exchange.sources import READY, recognized
from failures.models import ImportRun
from riskbase.shared import blobs, holdings
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.jobs import queue
from riskbase.shared.tabular import (
    FileRefused,
    Limits,
    doubled,
    guess,
    missing,
    open_table,
)

KIND = "failures.import"


class ImportRefused(DomainError):
    """The file or the request cannot be taken as it is."""


@transaction.atomic
def upload(
    *,
    file: BinaryIO,
    name: str,
    unit: Unit,
    by: User,
    visibility: str = Visibility.RESTRICTED,
) -> ImportRun:
    """Keep the file and look through it. Raises ImportRefused with what is wrong.

    Nothing comes in as shareable: each record's version for others is signed off first.
    """
    if visibility not in dict(WITHIN):
        raise ImportRefused(
            "not_signed_off",
            gettext_lazy("First sign off the version that may leave the organization."),
            field="visibility",
        )
    try:
        kept = blobs.keep(file, limit=settings.EVIDENCE_MAX_BYTES)
        table = open_table(blobs.path_of(kept.sha256), limits())
    except blobs.TooLarge as error:
        raise ImportRefused("too_large", too_large(), field="file") from error
    except FileRefused as refusal:
        holdings.sweep(kept.sha256)
        raise ImportRefused(refusal.code, refusal.sentence, field="file") from refusal
    source = recognized(table.head)
    mapping = source.mapping if source else guess(table.head, COLUMNS)
    run = ImportRun.objects.create(
        unit=unit,
        requested_by=by,
        sha256=kept.sha256,
        name=name[:200],
        size=kept.size,
        format=table.format,
        head=list(table.head),
        rows=table.count,
        source=source.code if source else "",
        mapping=dict(mapping),
        visibility=visibility,
    )
    trail.record(
        by=by,
        verb="import_uploaded",
        target=run,
        after={"name": run.name, "rows": run.rows, "sha256": run.sha256},
    )
    return run


def too_large() -> str:
    """Return the sentence about a file that is larger than what is taken."""
    most = settings.EVIDENCE_MAX_BYTES // 1_000_000
    return FileRefused("too_large", most=most).sentence


def limits() -> Limits:
    """Return how much of a file is read."""
    return Limits(file_bytes=settings.EVIDENCE_MAX_BYTES)


@transaction.atomic
def start(
    *,
    run: ImportRun,
    by: User,
    mode: str,
    is_dry: bool,
    mapping: Mapping[str, str] | None = None,
    source: str | None = None,
) -> ImportRun:
    """Want the file checked, or imported, in the background.

    `mapping` is name in the file -> our column; without it what was guessed stays. Raises
    ImportRefused for a mapping that cannot work, and while work is under way.
    """
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    _require_ready(run)
    if source is not None and source != run.source:
        run.source = source if source in READY else ""
        run.mapping = dict(
            READY[source].mapping if run.source else guess(run.head, COLUMNS)
        )
    if mapping and not run.source:
        run.mapping = dict(mapping)
    check_mapping(run)
    run.mode = mode if mode in ImportMode.values else ImportMode.PARTIAL
    run.is_dry = is_dry
    run.stage = ImportStage.WAITING
    run.next_row = run.faulty = 0
    run.created_count = run.updated_count = run.unchanged_count = 0
    run.finished_at = None
    run.version += 1
    payload = {"run": str(run.pk), "version": run.version}
    run.job = queue.enqueue(
        kind=KIND, key=f"{run.pk}:{run.version}", payload=payload, by=by
    )
    run.save()
    trail.record(
        by=by,
        verb="import_checked" if is_dry else "import_started",
        target=run,
        after={"mode": run.mode, "mapping": run.mapping, "source": run.source},
    )
    return run


def _require_ready(run: ImportRun) -> None:
    if run.job is not None and run.job.is_active:
        raise ImportRefused(
            "import_under_way", gettext_lazy("This import is under way.")
        )
    if not run.sha256:
        raise ImportRefused(
            "file_forgotten",
            gettext_lazy("This file is no longer kept. Upload it again."),
        )


def check_mapping(run: ImportRun) -> None:
    """Raise ImportRefused for columns that are unknown, doubled or missing."""
    if run.source:
        return
    unknown = set(run.mapping) - set(run.head) or set(run.mapping.values()) - set(
        BY_NAME
    )
    if unknown:
        raise ImportRefused(
            "unknown_column",
            gettext_lazy("There is no column %(name)s.") % {"name": min(unknown)},
            field="mapping",
        )
    for name in doubled(run.mapping):
        raise ImportRefused(
            "column_mapped_twice",
            gettext_lazy("Two columns of the file give “%(name)s”.")
            % {"name": BY_NAME[name].label},
            field="mapping",
        )
    if lacking := missing(run.mapping, COLUMNS):
        names = ", ".join(f"“{column.label}”" for column in lacking)
        raise ImportRefused(
            "column_missing",
            gettext_lazy("Say which columns give %(names)s.") % {"names": names},
            field="mapping",
        )
