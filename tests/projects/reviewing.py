"""An assessment on its way through a review, for tests: carol submits, bob reviews."""

from projects.instruments import Entry
from projects.models import Assessment
from projects.services import answers, assessments
from tests.factories.projects import (
    AT,
    ProjectFactory,
    QuestionnaireVersionFactory,
    small_document,
    words,
)

SAID = {
    "stated": "oral",
    "who_asked": "users",
    "people": "few",
    "split": "none",
    "signs": ["nothing"],
    "stable": 5,
    "share": "100",
}
GATES = [
    {
        "code": "no_split",
        "when": "split == 'none'",
        "effect": "block",
        "message": words("There is no honest test."),
    },
    {
        "code": "many",
        "when": "people == 'many'",
        "effect": "require_practice",
        "practice": "ask-users",
        "message": words("Many people are affected."),
    },
    {
        "code": "unstated",
        "when": "stated == 'none'",
        "effect": "require_review",
        "message": words("Nobody has stated the problem."),
    },
]


def gated_version():
    """A version with a gate of each effect."""
    document = small_document("gated", gates=GATES)
    return QuestionnaireVersionFactory(questionnaire__code="gated", document=document)


def submitted(unit, by, version=None, **said):
    """An assessment that `by` filled and submitted; `said` replaces answers."""
    project = ProjectFactory(unit=unit, owner=by)
    draft = assessments.start(
        project=project, version=version or QuestionnaireVersionFactory(), by=by
    )
    answer(draft, by, **{**SAID, "split": "locked", **said})
    return assessments.submit(assessment=draft, by=by, at=AT)


def answer(assessment, by, **said):
    entries = {code: Entry("answered", value) for code, value in said.items()}
    assert not answers.save_answers(assessment=assessment, entries=entries, by=by)


def in_state(assessment, state):
    """Put it into a state past the services, for tables of transitions."""
    changes = {"state": state}
    if state == "draft":
        changes["submitted_at"] = None
    Assessment.objects.filter(pk=assessment.pk).update(**changes)
    assessment.refresh_from_db()
    return assessment
