"""Background work for its administrators."""

from django.db.models import QuerySet

from riskbase.shared.jobs.models import Job
from riskbase.shared.keyset import Ordering

NEWEST = Ordering("-created", "pk", descending=True)


def jobs_in(state: str = "") -> QuerySet[Job]:
    """Return the jobs, of one state if asked."""
    rows = Job.objects.select_related("requested_by")
    return rows.filter(state=state) if state else rows
