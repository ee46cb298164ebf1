"""Background work for its administrators."""

from django.db.models import Q, QuerySet

from accounts.models import User
from portfolio.selectors.statistics import REFRESH
from riskbase.shared.jobs.models import Job
from riskbase.shared.keyset import Ordering

NEWEST = Ordering("-created", "pk", descending=True)


def jobs_in(state: str = "") -> QuerySet[Job]:
    """Return the jobs, of one state if asked."""
    rows = Job.objects.select_related("requested_by")
    return rows.filter(state=state) if state else rows


def jobs_of(user: User) -> QuerySet[Job]:
    """Return the jobs whose progress `user` may follow."""
    if user.is_administrator:
        return Job.objects.all()
    return Job.objects.filter(Q(requested_by=user) | Q(kind=REFRESH))
