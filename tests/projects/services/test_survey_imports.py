"""A survey becomes a draft that can be published, filled in and scored like any other."""

import json
import random

import pytest
from django.utils import translation

from projects.instruments import Entry
from projects.models import QuestionnaireVersion
from projects.scoring.surveyjs import Convention, Options
from projects.selectors.checks import check_of
from projects.services import answers, assessments, draft_reviews, drafts, publication
from projects.services.publication import Consent
from projects.services.survey_imports import import_draft
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from tests.factories.projects import AT, ProjectFactory, taxonomy_of
from tests.projects.scoring.aia import filled, outcome_of, survey_text
from tests.projects.scoring.surveyjs.examples import a_survey, one_page

pytestmark = pytest.mark.django_db
NUMERALS = {1: "I", 2: "II", 3: "III", 4: "IV"}
TIERS = {1: "low", 2: "moderate", 3: "high", 4: "critical"}
POINTS = Options("aia", Convention.SUFFIX_POINTS, minutes=60)


@pytest.fixture(autouse=True)
def taxonomy(db):
    return taxonomy_of()


def imported(survey, by, options=None):
    text = survey if isinstance(survey, str) else json.dumps(survey)
    return import_draft(survey=text, options=options or Options("go-live"), by=by)


def test_the_draft_keeps_its_report(olga):
    done = imported(a_survey(), olga)
    draft = QuestionnaireVersion.objects.get(pk=done.draft.pk)
    assert (draft.state, draft.number, draft.written_by) == ("draft", 1, olga)
    assert draft.document["languages"] == ["en", "fr"]
    summary = draft.findings[0]
    assert summary["code"] == "imported"
    assert (summary["params"]["questions"], summary["params"]["lost"]) == (10, 1)
    assert {"condition_not_understood", "unknown_type"} <= {
        each["code"] for each in draft.findings
    }
    assert [remark.code for remark in check_of(draft).errors] == ["no_points"]


def test_the_trail_says_what_was_imported(olga):
    done = imported(a_survey(), olga)
    event = AuditEvent.objects.get(verb="questionnaire.imported")
    assert event.target_id == str(done.draft.pk)
    assert event.after["names"]["known-by"] == "known_by"
    assert event.after["counts"]["pages"] == 3
    assert AuditEvent.objects.filter(verb="questionnaire.begun").count() == 1


def test_a_known_code_makes_the_next_version(olga):
    imported(a_survey(), olga)
    again = imported(a_survey(), olga)
    assert again.draft.number == 2
    copied = drafts.copy(version=again.draft, by=olga)
    assert copied.findings == []


@pytest.mark.parametrize(
    ("survey", "code", "field"),
    [
        ("", "unreadable", "survey"),
        ("[1]", "unreadable", "survey"),
        ("{", "unreadable", "survey"),
        ('{"a": 1}', "not_a_survey", "survey"),
        (one_page({"type": "html", "name": "a"}), "nothing_asked", "survey"),
        ('{"pages": ' + "[" * 10_000 + "]" * 10_000 + "}", "unreadable", "survey"),
        ('{"pages": "' + "a" * 5_000_000 + '"}', "unreadable", "survey"),
    ],
)
def test_what_is_no_survey_is_refused(olga, survey, code, field):
    with pytest.raises(DomainError, match=code) as refusal:
        imported(survey, olga)
    assert refusal.value.field == field
    assert not QuestionnaireVersion.objects.exists()


def test_a_code_that_is_none_is_refused(olga):
    with pytest.raises(DomainError, match="bad_code") as refusal:
        imported(a_survey(), olga, Options("No Code"))
    assert refusal.value.field == "code"


def published(olga, rita):
    draft = imported(survey_text(), olga, POINTS).draft
    assert check_of(draft).errors == []
    sent = draft_reviews.send(version=draft, by=olga, at=AT)
    consent = Consent(warnings=True)
    return publication.publish(version=sent, by=rita, at=AT, consent=consent)


def test_the_impact_assessment_from_file_to_result(olga, rita, alice, retail, client):
    survey = json.loads(survey_text())
    version = published(olga, rita)
    event = AuditEvent.objects.get(verb="questionnaire.imported")
    codes = event.after["names"]
    entries = {
        question["code"]: question
        for section in version.document["sections"]
        for question in section["questions"]
    }
    sheet = filled(survey, random.Random(7), {"RS": 0.5, "MS": 0.9})  # noqa: S311
    said = {}
    for name, given in sheet.answers.items():
        kind = entries[codes[name]]["kind"]
        value = given
        if kind == "single":
            value = given.replace("-", "_")
        elif kind == "multiple":
            value = [each.replace("-", "_") for each in given]
        said[codes[name]] = Entry("answered", value)
    project = ProjectFactory(unit=retail, owner=alice)
    draft = assessments.start(project=project, version=version, by=alice)
    assert not answers.save_answers(assessment=draft, entries=said, by=alice)
    client.force_login(alice)
    for page in ("", "sections/impact/", "sections/fairness_design/", "check/"):
        assert client.get(f"/assessments/{draft.pk}/{page}").status_code == 200
    done = assessments.submit(assessment=draft, by=alice, at=AT)
    expected = outcome_of(survey, sheet)
    assert expected.is_lowered
    points = json.loads(done.runs.get().record.result)["result"]["points"]
    assert points["band"] == f"level_{expected.level}"
    assert exact(points["total"]) == {expected.total}
    scales = points["scales"]
    assert exact(scales["impact"]["interval"]) == {expected.raw}
    assert exact(scales["mitigation"]["interval"]) == {expected.mitigation}
    assert points["adjustments"][0]["holds"] is True
    page = client.get(f"/assessments/{done.pk}/result/").content.decode()
    for said in (
        f"<strong>{expected.raw}.0</strong>",
        f"Level {NUMERALS[expected.level]}<",
    ):
        assert said in page
    assert "Enough is done against the risk" in page
    shown = client.get(f"/api/v1/assessments/{done.pk}/result/").json()
    assert shown["tier"] == TIERS[expected.level]
    with translation.override("en"):
        for page in ("", "files/xlsx/", "files/yaml/"):
            path = f"/questionnaires/aia/1/{page}"
            answer = client.get(path, headers={"Accept-Language": "ru"})
            assert answer.status_code == 200


def exact(interval):
    """Return low, point and high as the whole numbers they must be."""
    found = set()
    for bound in interval.values():
        numerator, denominator = map(int, bound["exact"].split("/"))
        assert denominator == 1
        found.add(numerator)
    return found
