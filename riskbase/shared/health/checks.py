"""What must work for the site to serve."""

import datetime as dt
import functools
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min

from riskbase.shared.jobs.models import Job, JobState

PATIENCE_SECONDS = 1.0
# A worker that is alive starts due work within seconds.
OLDEST_JOB = dt.timedelta(minutes=15)


class Unwell(RuntimeError):
    """A check did not find what it wants; the text is fit for the public."""


Check = Callable[[dt.datetime], str]


def database(_now: dt.datetime) -> str:
    """Ask the database anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations(_now: dt.datetime) -> str:
    """See that the schema is the one this code expects."""
    return _migrated()


@functools.cache
def _migrated() -> str:
    """Remember a good answer: a process never needs fewer migrations later."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        message = "migrations are missing"
        raise Unwell(message)
    return "ok"


def broker(_now: dt.datetime) -> str:
    """Ping the broker."""
    return _ping(settings.REDIS_URL)


def shared_cache(_now: dt.datetime) -> str:
    """Ping the cache's server: the cache itself would stand in for it."""
    return _ping(settings.CACHES["default"]["LOCATION"])


def _ping(url: str) -> str:
    client = redis.Redis.from_url(
        url,
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
    )
    with client:
        client.ping()
    return "ok"


def jobs(now: dt.datetime) -> str:
    """See that due work does not wait for a worker that never comes."""
    waiting = Job.objects.filter(state=JobState.PENDING, run_at__lte=now)
    oldest = waiting.aggregate(oldest=Min("run_at"))["oldest"]
    age = now - oldest if oldest is not None else dt.timedelta()
    if age > OLDEST_JOB:
        message = f"oldest due job has waited {int(age.total_seconds())} s"
        raise Unwell(message)
    return f"ok, oldest due job has waited {int(age.total_seconds())} s"


SERVES_WITHOUT = frozenset({"broker", "cache"})
"""Without these, pages still work: taking the site out would lose what they save."""

CHECKS: dict[str, Check] = {
    "database": database,
    "migrations": migrations,
    "broker": broker,
    "cache": shared_cache,
    "jobs": jobs,
}
