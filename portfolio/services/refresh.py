"""Facts become statistics become snapshots: complete, atomic, and idempotent."""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portfolio import facts
from portfolio.facts import Facts
from portfolio.models import Snapshot
from portfolio.reports.build import Progress, Report, compute
from portfolio.reports.scopes import CASES, WHOLE
from portfolio.stats import METHOD_VERSION
from riskbase.shared.jobs.queue import Running

logger = logging.getLogger(__name__)


@dataclass
class Refreshed:
    """What a refresh did: new snapshots, confirmed ones, scopes that are gone."""

    published: int = 0
    confirmed: int = 0
    withdrawn: int = 0
    mismatched: int = 0

    def as_counts(self) -> dict[str, int]:
        return asdict(self)


def refresh(
    *, at: dt.datetime, running: Running | None = None, check: bool = False
) -> Refreshed:
    """Compute every scope from one consistent read and publish all of them at once.

    Run twice, nothing changes: a snapshot whose content stands is only confirmed,
    that is its `as_of`, `computed_at` and watermark move on. With `check`, what is
    stored is first compared with a computation from scratch under the same date.
    """

    def progress(step: int, total: int) -> None:
        if running is not None:
            running.progress(step, total, _("Computing statistics"))

    as_of = timezone.localdate(at)
    known = facts.read()
    done = Refreshed()
    if check:
        done.mismatched = check_stored(known, progress)

    reports = compute(
        known, as_of=as_of, k=settings.SMALL_CELL_THRESHOLD, progress=progress
    )
    with transaction.atomic():
        if running is not None:
            running.confirm()
        _publish(reports, known, Moment(as_of, at, _job_id(running)), done)
    return done


@dataclass(frozen=True)
class Moment:
    """When, and in which job, snapshots are made."""

    as_of: dt.date
    at: dt.datetime
    job_id: str | None


def check_stored(known: Facts, progress: Progress | None = None) -> int:
    """Compare the stored snapshots with a computation from scratch; return misses.

    Only snapshots that saw the same changes are compared; the rest is out of date,
    not wrong.
    """
    stored = [
        row
        for row in Snapshot.objects.current()
        if row.watermark == known.watermark and row.method_version == METHOD_VERSION
    ]
    missed = 0
    for as_of in sorted({row.as_of for row in stored}):
        reports = compute(
            known, as_of=as_of, k=settings.SMALL_CELL_THRESHOLD, progress=progress
        )
        digests = {report.scope.key: report.digest for report in reports}
        for row in stored:
            if row.as_of == as_of and digests.get(key_of(row)) != row.digest:
                missed += 1
                logger.error("snapshot %s differs from a full recomputation", row.pk)
    return missed


def key_of(snapshot: Snapshot) -> str:
    """Return the key of the snapshot's scope."""
    if snapshot.unit_id:
        return str(snapshot.unit_id)
    return CASES if snapshot.population == CASES else WHOLE


def _job_id(running: Running | None) -> str | None:
    return str(running.job.pk) if running is not None else None


def _publish(
    reports: list[Report], known: Facts, moment: Moment, done: Refreshed
) -> None:
    standing = {
        key_of(row): row
        for row in Snapshot.objects.current().select_for_update().order_by("id")
    }
    # Two refreshes may run at once: what started later has read later, and the
    # change that it missed has wanted a refresh of its own.
    if any(
        row.watermark > known.watermark or row.computed_at > moment.at
        for row in standing.values()
    ):
        return
    for report in reports:
        current = standing.pop(report.scope.key, None)
        if current is not None and _stands(current, report):
            _confirm(current, known, moment)
            done.confirmed += 1
            continue
        _replace(current, report, known, moment)
        done.published += 1
    done.withdrawn = _withdraw(standing)


def _stands(current: Snapshot, report: Report) -> bool:
    return current.digest == report.digest and current.method_version == METHOD_VERSION


def _confirm(current: Snapshot, known: Facts, moment: Moment) -> None:
    if (current.as_of, current.watermark) == (moment.as_of, known.watermark):
        return
    current.as_of, current.watermark = moment.as_of, known.watermark
    current.computed_at = moment.at
    current.save(update_fields=["as_of", "watermark", "computed_at"])


def _replace(
    current: Snapshot | None, report: Report, known: Facts, moment: Moment
) -> None:
    if current is not None:
        current.is_current = False
        current.save(update_fields=["is_current"])
    Snapshot.objects.create(
        population=report.scope.population,
        unit_id=report.scope.unit or None,
        as_of=moment.as_of,
        method_version=METHOD_VERSION,
        watermark=known.watermark,
        n=report.n,
        payload=report.payload,
        digest=report.digest,
        computed_at=moment.at,
        job_id=moment.job_id,
    )


def _withdraw(gone: Mapping[str, Snapshot]) -> int:
    """Retire the snapshots of units that have no projects any more."""
    return Snapshot.objects.filter(pk__in=[row.pk for row in gone.values()]).update(
        is_current=False
    )
