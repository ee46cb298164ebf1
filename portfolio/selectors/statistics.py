"""Which snapshot a person sees, and what goes with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Unit, User
from failures.models import FailureCause
from portfolio.models import Population, Snapshot
from riskbase.shared.jobs.models import Job, JobState

REFRESH = "portfolio.refresh"


def snapshot_for(
    user: User, population: str, unit: UUID | None = None
) -> Snapshot | None:
    """Return the snapshot in force that `user` may see, or None."""
    return (
        Snapshot.objects.current()
        .visible_to(user)
        .select_related("unit")
        .filter(population=population, unit=unit)
        .first()
    )


def default_population(user: User) -> str:
    """Return the portfolio once anything is known of it, else the case base."""
    found = snapshot_for(user, Population.PORTFOLIO)
    known = found is not None and found.payload.get("projects") != 0
    return str(Population.PORTFOLIO if known else Population.CASES)


def units_with_statistics(user: User) -> QuerySet[Unit]:
    """Return the visible units that have a snapshot of their own."""
    computed = Snapshot.objects.current().filter(unit__isnull=False)
    return Unit.objects.visible_to(user).filter(pk__in=computed.values("unit"))


def cause_titles() -> Mapping[str, Any]:
    """Return the titles of the causes in force by slug."""
    return dict(FailureCause.objects.current().values_list("slug", "title"))


def refresh_under_way() -> Job | None:
    """Return the refresh that waits or runs, the running one first."""
    active = Job.objects.filter(
        kind=REFRESH, state__in=[JobState.PENDING, JobState.RUNNING]
    )
    return active.order_by("-state", "id").first()


def latest_refresh() -> Job | None:
    """Return the newest refresh."""
    return Job.objects.filter(kind=REFRESH).order_by("-id").first()
