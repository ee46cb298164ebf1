"""Letting go of files whose import is long past; what came of it stays."""

import datetime as dt
import uuid

from django.db import transaction

from failures.models import ImportRun
from riskbase.shared import holdings
from riskbase.shared.audit import trail

KEPT_FOR = dt.timedelta(days=30)
"""Since the last thing that was done with the file."""


def forget(*, now: dt.datetime) -> int:
    """Let go of the files that nobody used for KEPT_FOR; return how many."""
    old = ImportRun.objects.exclude(sha256="").filter(updated_at__lt=now - KEPT_FOR)
    return sum(
        _forget(pk, now) for pk in old.order_by("pk").values_list("pk", flat=True)
    )


@transaction.atomic
def _forget(pk: uuid.UUID, now: dt.datetime) -> bool:
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=pk)
    is_used = run.job is not None and run.job.is_active
    if is_used or not run.sha256 or run.updated_at >= now - KEPT_FOR:
        return False
    content, run.sha256 = run.sha256, ""
    run.version += 1
    run.save()
    trail.record(by=None, verb="import_file_forgotten", target=run)
    holdings.hold(content)
    holdings.let_go(content)
    return True
