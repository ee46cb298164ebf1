"""Assessments that were answered and submitted."""

import copy

from projects.instruments import Entry
from projects.services import answers, assessments
from tests.factories.projects import (
    AT,
    ProjectFactory,
    QuestionnaireVersionFactory,
    small_document,
)

SAID = {"stated": "none", "people": "many", "split": "none", "signs": ["a"]}


def scored(*, unit, by, version=None, **said):
    """Return the run of a new project of the unit, submitted with these answers."""
    project = ProjectFactory(unit=unit, owner=by)
    version = version or QuestionnaireVersionFactory()
    draft = assessments.start(project=project, version=version, by=by)
    entries = {code: Entry("answered", value) for code, value in (said or SAID).items()}
    refused = answers.save_answers(assessment=draft, entries=entries, by=by)
    assert not refused, refused
    return assessments.submit(assessment=draft, by=by, at=AT).runs.get()


SHEETS = [
    {"stated": "none", "people": "many", "split": "locked", "signs": ["a"]},
    {"stated": "signed", "people": "few", "split": "locked", "stable": 5},
    {"stated": "oral", "people": "many", "split": "none"},
    {"stated": "signed", "people": "few", "signs": ["nothing"], "share": "90"},
    {"stated": "none", "people": "few", "split": "locked"},
]


def harsher():
    """No signature is trusted any more, and nobody may be missing a lock."""
    document = copy.deepcopy(small_document(version=2))
    question = document["sections"][0]["questions"][0]
    question["choices"][0]["signal"] = 0.9
    question["choices"][1]["signal"] = 0.95
    split = document["sections"][1]["questions"][0]
    split["choices"][0]["code"] = "sealed"
    document["gates"][0]["when"] = "people == 'many'"
    document["gates"].append(
        {**document["gates"][0], "code": "unsigned", "when": "stated == 'none'"}
    )
    return document
