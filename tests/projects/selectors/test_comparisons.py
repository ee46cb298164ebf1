"""Two frozen results side by side."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.instruments import Entry
from projects.models import ScoringRun
from projects.selectors.comparisons import contrast, results_of
from projects.services import answers, assessments, questionnaires
from tests.factories.projects import (
    AT,
    ProjectFactory,
    QuestionnaireVersionFactory,
    small_document,
    taxonomy_of,
)
from tests.projects.scoring.points_example import a_points_document

pytestmark = pytest.mark.django_db
FIRST = {"stated": "none", "people": "many", "split": "none"}
SECOND = {"stated": "none", "people": "few", "split": "locked"}


def assess(project, version, by, said):
    draft = assessments.start(project=project, version=version, by=by)
    entries = {code: Entry("answered", value) for code, value in said.items()}
    assert not answers.save_answers(assessment=draft, entries=entries, by=by)
    assessments.submit(assessment=draft, by=by, at=AT)


@pytest.fixture
def project(retail, alice):
    project = ProjectFactory(unit=retail, owner=alice)
    version = QuestionnaireVersionFactory()
    for said in (FIRST, SECOND):
        assess(project, version, alice, said)
    return project


def asked_in(found):
    return {q.code: q for section in found.sections for q in section.questions}


def test_answers_that_differ_are_marked(project):
    after, before = results_of(project)
    found = contrast(before, after)
    told = asked_in(found)
    changed = {code for code, question in told.items() if question.is_changed}
    assert changed == {"people", "split"}
    assert found.changed == 2
    assert told["split"].before != told["split"].after
    assert not told["stated"].is_changed


def test_numbers_are_those_the_runs_froze(project):
    after, before = results_of(project)
    found = contrast(before, after)
    assert (found.overall.before.point, found.overall.after.point) == (
        before.point,
        after.point,
    )
    leakage = next(each for each in found.causes if each.code == "leakage")
    assert leakage.change == leakage.after.point - leakage.before.point < 0


def test_questions_of_one_version_only_are_said_to_be(project, alice):
    document = small_document(version=2)
    gone = document["sections"][1]["questions"].pop(0)
    document["gates"] = []
    for question in document["sections"][0]["questions"]:
        if question["code"] == "stated":
            question["text"] = dict.fromkeys(question["text"], "Anew")
    version = questionnaires.load(document=document, at=AT).version
    assess(project, version, alice, {"stated": "none", "people": "many"})
    after, before, _first = results_of(project)
    found = contrast(before, after)
    told = asked_in(found)
    assert (told[gone["code"]].after, told[gone["code"]].is_changed) == ("", True)
    assert found.sections[-1].title is None
    assert told["stated"].is_reworded


def test_one_result_per_assessment_and_a_settled_number_of_queries(project, alice):
    assert results_of(project).count() == ScoringRun.objects.count() == 2
    with CaptureQueriesContext(connection) as caught:
        after, before = results_of(project)
        contrast(before, after)
    assert len(caught) <= 5


def test_points_are_compared_by_scale(retail, alice):
    project = ProjectFactory(unit=retail, owner=alice)
    taxonomy_of()
    version = questionnaires.load(document=a_points_document(), at=AT).version
    for reach in ("c0", "c2"):
        assess(project, version, alice, {"reach": reach})
    after, before = results_of(project)
    scales = {each.code: each for each in contrast(before, after).causes}
    assert scales["impact"].change > 0
    assert scales["care"].before is not None
