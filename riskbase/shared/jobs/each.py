"""One act for each of many rows, where one that fails does not keep the others."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from riskbase.shared.jobs import queue

M = TypeVar("M", bound=Model)
BATCH = 100


def each(
    rows: QuerySet[M], act: Callable[[M], bool], *, running: queue.Running
) -> tuple[int, int]:
    """Do `act` for each row; return how many there were and for how many it was done.

    Raises the first OSError (those of SMTP are among them) once all were tried, so
    that the job is tried again for those that failed.
    """
    total, seen, done = rows.count(), 0, 0
    failures: list[OSError] = []
    for batch in _batches(rows):
        for row in rows.filter(pk__in=batch):
            try:
                done += act(row)
            except OSError as error:
                failures.append(error)
        seen += len(batch)
        running.progress(seen, max(total, seen))
    if failures:
        raise failures[0]
    return total, done


def _batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    keys = iter(list(rows.order_by("pk").values_list("pk", flat=True)))
    while batch := list(islice(keys, BATCH)):
        yield batch
