"""Assessments that were answered and submitted."""

from projects.instruments import Entry
from projects.services import answers, assessments
from tests.factories.projects import AT, ProjectFactory, QuestionnaireVersionFactory

SAID = {"stated": "none", "people": "many", "split": "none", "signs": ["a"]}


def scored(*, unit, by, version=None, **said):
    """Return the run of a new project of the unit, submitted with these answers."""
    project = ProjectFactory(unit=unit, owner=by)
    version = version or QuestionnaireVersionFactory()
    draft = assessments.start(project=project, version=version, by=by)
    entries = {
        code: Entry("answered", value) for code, value in (said or SAID).items()
    }
    refused = answers.save_answers(assessment=draft, entries=entries, by=by)
    assert not refused, refused
    return assessments.submit(assessment=draft, by=by, at=AT).runs.get()
