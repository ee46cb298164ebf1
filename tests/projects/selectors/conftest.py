"""A submitted assessment with a warning on every cause but one."""

import pytest

from projects.instruments import Entry
from projects.models import ScoringRun
from projects.services import answers, assessments
from tests.factories.projects import AT, ProjectFactory, QuestionnaireVersionFactory

SAID = {
    "stated": Entry("answered", "none", comment="Asked twice"),
    "who_asked": Entry("unknown"),
    "people": Entry("answered", "many"),
    "split": Entry("answered", "none"),
    "signs": Entry("answered", ["a"]),
}


@pytest.fixture
def draft(alice, retail):
    project = ProjectFactory(unit=retail, owner=alice)
    version = QuestionnaireVersionFactory()
    draft = assessments.start(project=project, version=version, by=alice)
    assert not answers.save_answers(assessment=draft, entries=SAID, by=alice)
    return draft


@pytest.fixture
def run(draft, alice):
    assessments.submit(assessment=draft, by=alice, at=AT)
    return ScoringRun.objects.select_related("record").get()
