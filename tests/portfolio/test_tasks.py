"""Events and the clock ask for statistics."""

import pytest

from portfolio.tasks import recompute_all
from riskbase.shared.events import outbox
from riskbase.shared.jobs.models import Job
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "topic",
    [
        "outcome.recorded",
        "postmortem.published",
        "postmortem.changed",
        "coding.changed",
        "assessment.submitted",
        "project.changed",
        "taxonomy.released",
        "unit.changed",
    ],
)
def test_a_change_asks_for_one_refresh(topic):
    project = ProjectFactory()
    outbox.emit(topic=topic, target=project)
    outbox.emit(topic=topic, target=project)
    outbox.relay()
    assert Job.objects.filter(kind="portfolio.refresh", key="all").count() == 1


def test_the_night_asks_for_a_check():
    recompute_all()
    assert Job.objects.get(kind="portfolio.refresh").payload == {"check": True}
