"""The editor keeps what is typed, says what is wrong with it and where, and previews it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from projects.models import QuestionnaireVersion
from projects.scoring.writing import source_of
from projects.services import draft_reviews, drafts
from tests.factories.projects import (
    AT,
    QuestionnaireVersionFactory,
    small_document,
    taxonomy_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client, olga):
    taxonomy_of()
    client.force_login(olga)
    return client


@pytest.fixture
def draft(author, olga):
    version = QuestionnaireVersionFactory()
    return drafts.copy(version=version, by=olga)


def page(name, draft):
    return reverse(f"projects:questionnaire-{name}", args=[draft.pk])


def typed(draft, source, **more):
    return {"source": source, "note": "", "version": draft.version, **more}


def text(answer):
    return answer.content.decode()


def test_list_shows_drafts_to_authors_alone(client, draft, alice):
    path = reverse("projects:questionnaire-list")
    assert page("draft", draft) in text(client.get(path))
    client.force_login(alice)
    shown = text(client.get(path))
    assert page("draft", draft) not in shown
    assert reverse("projects:questionnaire-create") not in shown


def test_begin_leads_to_the_editor(author):
    path = reverse("projects:questionnaire-create")
    answer = author.post(path, {"begin-code": "vendor-check"}, follow=True)
    draft = QuestionnaireVersion.objects.get()
    assert answer.redirect_chain[0][0] == page("draft", draft)
    assert "vendor-check" in text(answer)


def test_begin_with_a_code_that_is_none_says_so(author):
    path = reverse("projects:questionnaire-create")
    shown = text(author.post(path, {"begin-code": "No Code"}))
    assert "small letters" in shown
    assert 'value="No Code"' in shown


def test_a_file_becomes_a_draft(author):
    source = source_of(small_document("fresh"))
    file = SimpleUploadedFile("fresh.yaml", source.replace("\n", "\r\n").encode())
    path = reverse("projects:questionnaire-create")
    author.post(path, {"upload": "1", "upload-file": file})
    assert QuestionnaireVersion.objects.get().source == source


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[", b"a: 1" + b" " * 1_000_001])
def test_a_file_that_is_none_is_refused_in_words(author, body):
    path = reverse("projects:questionnaire-create")
    file = SimpleUploadedFile("bad.yaml", body)
    answer = author.post(path, {"upload": "1", "upload-file": file})
    assert "field__error" in text(answer)
    assert not QuestionnaireVersion.objects.exists()


def test_editor_shows_text_findings_and_preview(author, draft):
    shown = text(author.get(page("draft", draft)))
    assert "code: small\nversion: 2\n" in shown
    assert "Text of stated?" in shown
    assert 'id="findings"' in shown


def test_save_without_script(author, draft):
    source = draft.source.replace("minutes: 5", "minutes: 7").replace("\n", "\r\n")
    answer = author.post(page("draft", draft), typed(draft, source, note="Seven"))
    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.document["minutes"], draft.note) == (7, "Seven")
    assert "\r" not in draft.source


def test_a_text_that_cannot_be_read_is_saved_and_located(author, draft):
    broken = "code: small\nsections: [\n"
    author.post(page("draft", draft), typed(draft, broken))
    draft.refresh_from_db()
    assert draft.source == broken
    shown = text(author.get(page("draft", draft)))
    assert "data-line=" in shown
    assert "sections: [" in shown


def test_leading_blank_lines_are_kept(author, draft):
    author.post(page("draft", draft), typed(draft, "\n\ncode: small\n"))
    shown = text(author.get(page("draft", draft)))
    assert ">\n\n\ncode: small\n" in shown


def test_a_megabyte_too_much_is_said_and_stays_on_the_page(author, draft):
    answer = author.post(page("draft", draft), typed(draft, "x" * 1_000_001))
    assert answer.status_code == 422
    assert "1 MB" in text(answer)


def test_conflict_shows_both_texts(author, draft, rita):
    theirs = draft.source.replace("minutes: 5", "minutes: 8")
    drafts.save(version=draft, source=theirs, by=rita)
    mine = draft.source.replace("minutes: 5", "minutes: 9")
    answer = author.post(page("draft", draft), typed(draft, mine))
    shown = text(answer)
    assert answer.status_code == 409
    assert "minutes: 8" in shown
    assert "minutes: 9" in shown
    again = author.post(page("draft", draft), typed(draft, mine, version=2))
    assert again.status_code == 302


def test_what_was_handed_in_is_not_saved(author, draft, olga):
    draft_reviews.send(version=draft, by=olga, at=AT)
    author.post(page("draft", draft), typed(draft, "code: small"))
    draft.refresh_from_db()
    assert draft.source != "code: small"
    assert "readonly" in text(author.get(page("draft", draft)))


def test_check_names_line_and_code(author, draft):
    source = draft.source.replace("  leakage: 3\n", "  leakage: 30\n", 1)
    source = draft.source.replace("leakage: 3", "leakage: 30", 1)
    line = source[: source.index("leakage: 30")].count("\n") + 1
    shown = text(author.post(page("check", draft), {"source": source}))
    assert f'data-line="{line}"' in shown
    assert "bad_weight" in shown
    draft.refresh_from_db()
    assert "leakage: 30" not in draft.source


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "Text of stated?"), ("ru", "(ru)"), ("zh-hans", "(zh)")],
)
def test_preview_speaks_the_languages_of_the_document(author, draft, language, word):
    shown = text(author.get(page("trial", draft), {"language": language}))
    assert f'lang="{language}"' in shown
    assert word in shown.partition('id="trial"')[2]


def test_preview_opens_branches_and_scores(author, draft):
    sent = {"stated-version": 0, "people-version": 0, "stated-value": "none"}
    htmx = {"HX-Request": "true"}
    before = text(author.post(page("trial", draft), {}, headers=htmx))
    after = text(
        author.post(page("trial", draft), sent | {"people-value": "many"}, headers=htmx)
    )
    closed = '<fieldset class="question choices question--closed" id="try-q-who_asked"'
    assert closed in before
    assert closed not in after
    assert "Nobody has stated the problem." in after
    assert "<html" not in after


def test_preview_tries_the_text_that_is_not_saved(author, draft):
    source = draft.source.replace("Text of stated?", "Is it signed?")
    shown = text(author.post(page("trial", draft), {"source": source}))
    assert "Is it signed?" in shown
    broken = text(author.post(page("trial", draft), {"source": "["}))
    assert "no errors that stand in the way" in broken


def test_an_answer_that_does_not_fit_is_told(author, draft):
    sent = {"share-version": 0, "share-value": "900"}
    assert "does not fit" in text(author.post(page("trial", draft), sent))
