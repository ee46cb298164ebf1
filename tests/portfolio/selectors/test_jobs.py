"""Jobs by state, and by who may follow them."""

import pytest

from portfolio.selectors.jobs import jobs_in, jobs_of
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job

pytestmark = pytest.mark.django_db


def test_filters_by_state():
    job = queue.enqueue(kind="import", key="a")
    Job.objects.update(state="dead")
    assert list(jobs_in("dead")) == [job]
    assert list(jobs_in("done")) == []
    assert list(jobs_in()) == [job]


def test_people_follow_their_own_and_the_statistics(alice, vera, admin):
    own = queue.enqueue(kind="import", key="a", by=alice)
    shared = queue.enqueue(kind="portfolio.refresh", key="all")
    assert set(jobs_of(alice)) == {own, shared}
    assert set(jobs_of(vera)) == {shared}
    assert set(jobs_of(admin)) == {own, shared}
