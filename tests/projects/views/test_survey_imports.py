"""A survey is uploaded or pasted, its report is read, and its draft is opened."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from projects.models import QuestionnaireVersion
from projects.scoring.surveyjs.report import NOTES, WARNINGS
from projects.selectors.survey_reports import REPORT
from projects.services import draft_reviews, drafts, publication
from projects.services.publication import Consent
from tests.factories.projects import AT, taxonomy_of
from tests.projects.scoring.surveyjs.examples import a_survey

pytestmark = pytest.mark.django_db
PATH = "/questionnaires/import/"


@pytest.fixture
def author(client, olga):
    taxonomy_of()
    client.force_login(olga)
    return client


def said(**more):
    return {
        "survey": json.dumps(a_survey()),
        "code": "go-live",
        "convention": "none",
        **more,
    }


def text(answer):
    return answer.content.decode()


def test_the_page_is_found_from_the_list(author):
    assert f'href="{PATH}"' in text(author.get("/questionnaires/"))
    assert f'href="{PATH}"' in text(author.get("/questionnaires/new/"))
    assert author.get(PATH).status_code == 200


def test_a_pasted_survey_becomes_a_draft_with_a_report(author):
    answer = author.post(PATH, said(title="Ours", minutes="12"), follow=True)
    draft = QuestionnaireVersion.objects.get()
    assert answer.redirect_chain[0][0] == f"/questionnaires/drafts/{draft.pk}/import/"
    shown = text(answer)
    assert "Ours" in shown
    assert "questions 10" in shown
    assert "conditions understood 7, not understood 1" in shown
    assert "{panel.in} = 1 is not understood" in shown
    assert "names a part of a question or panel" in shown
    assert "people/last" in shown
    assert reverse("projects:questionnaire-draft", args=[draft.pk]) in shown
    editor = text(author.get(f"/questionnaires/drafts/{draft.pk}/"))
    assert "Report on the import" in editor
    assert "Imported from a survey" in editor


def test_an_uploaded_file_is_read(author):
    file = SimpleUploadedFile("survey.json", json.dumps(a_survey()).encode())
    author.post(PATH, {"file": file, "code": "go-live", "convention": "none"})
    assert QuestionnaireVersion.objects.get().questionnaire.code == "go-live"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"code": "No Code"}, "small letters"),
        ({"survey": "{"}, "cannot be read, line"),
        ({"survey": '{"a": 1}'}, "no survey of SurveyJS"),
        ({"survey": " "}, "Choose a file, or paste the survey."),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"convention": "guess"}, "not one of the available choices"),
    ],
)
def test_what_is_refused_is_kept(author, given, sentence):
    answer = author.post(PATH, said(title="Kept title", **given))
    assert answer.status_code == 422
    shown = text(answer)
    assert sentence in shown
    assert 'value="Kept title"' in shown
    if "survey" not in given:
        assert "known-by" in shown
    assert not QuestionnaireVersion.objects.exists()


def test_a_file_that_is_refused_is_kept_too(author):
    file = SimpleUploadedFile("survey.json", json.dumps(a_survey()).encode())
    answer = author.post(PATH, {"file": file, "code": "", "convention": "none"})
    assert answer.status_code == 422
    assert "known-by" in text(answer)


def test_a_draft_that_was_no_survey_has_no_report(author, olga):
    draft = drafts.begin(code="vendor-check", by=olga)
    path = f"/questionnaires/drafts/{draft.pk}/import/"
    assert author.get(path).status_code == 404
    assert path not in text(author.get(f"/questionnaires/drafts/{draft.pk}/"))


def test_others_import_nothing(client, alice):
    client.force_login(alice)
    assert client.post(PATH, said()).status_code == 403


def test_every_code_of_a_report_has_a_sentence():
    assert set(REPORT) == WARNINGS | NOTES | {"imported", "scale_found"}


def test_a_draft_without_all_words_can_be_tried_out(author):
    """Numbers without a unit, steps without labels, sections without a description."""
    author.post(PATH, said())
    draft = QuestionnaireVersion.objects.get()
    source = draft.source.replace(
        "    kind: single\n", "    kind: single\n    scale: points\n", 1
    )
    source = source.replace("      en: Ours\n      fr: Nôtres\n", OWN, 1)
    path = f"/questionnaires/drafts/{draft.pk}/trial/"
    shown = author.post(path, {"source": source, "price": "4", "stars": "2"})
    assert shown.status_code == 200


OWN = "      en: Ours\n      fr: Nôtres\n    points: 3\n"


def test_a_survey_in_french_alone_is_shown_to_everybody(author, olga, rita, client):
    survey = {
        "locale": "fr",
        "title": "Avant la mise en service",
        "pages": [
            {
                "name": "page-one",
                "title": "Les données",
                "elements": [
                    {
                        "type": "radiogroup",
                        "name": "harm-RS",
                        "title": "Qui est touché ?",
                        "choices": [
                            {"value": "nobody-0", "text": "Personne"},
                            {"value": "many-4", "text": "Beaucoup"},
                        ],
                    },
                    {"type": "rating", "name": "stars"},
                    {"type": "text", "name": "rows", "inputType": "number"},
                ],
            }
        ],
    }
    author.post(PATH, said(survey=json.dumps(survey), convention="suffix-points"))
    draft = QuestionnaireVersion.objects.get()
    assert draft.document["languages"] == ["fr"]
    sent = draft_reviews.send(version=draft, by=olga, at=AT)
    publication.publish(
        version=sent, by=rita, at=AT, consent=Consent(warnings=True, no_backtest=True)
    )
    with translation.override("en"):
        for language in ("en", "ru", "zh-hans"):
            reader = {"Accept-Language": language}
            page = text(author.get("/questionnaires/go-live/1/", headers=reader))
            assert "Qui est touché ?" in page
            assert "Beaucoup" in page
            one = f"/api/v1/questionnaires/{draft.pk}/"
            document = author.get(one, headers=reader).json()["document"]
            assert document["sections"][0]["title"] == "Les données"
