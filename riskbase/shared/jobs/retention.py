"""Forgetting work that ended long ago."""

import datetime as dt

from riskbase.shared.jobs.models import Job, JobState

ENDED = (JobState.DONE, JobState.DEAD)


def forget_before(moment: dt.datetime) -> int:
    """Delete jobs that ended before `moment`, well or badly; return how many."""
    return Job.objects.filter(state__in=ENDED, finished_at__lt=moment).delete()[0]
