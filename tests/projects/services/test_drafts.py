"""What an author types is kept to the letter; numbers follow each other."""

import pytest
import yaml

from projects.choices import QuestionnaireState
from projects.models import Questionnaire, QuestionnaireVersion
from projects.scoring import digest
from projects.scoring.writing import source_of
from projects.selectors.checks import check_of
from projects.services import drafts
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.projects import (
    QuestionnaireVersionFactory,
    small_document,
    taxonomy_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taxonomy(db):
    return taxonomy_of()


@pytest.fixture
def draft(olga):
    return drafts.begin(code="vendor-check", by=olga)


def test_a_new_questionnaire_begins_without_a_fault(draft, olga):
    assert (draft.state, draft.number, draft.written_by) == ("draft", 1, olga)
    assert check_of(draft).errors == []
    assert draft.document["code"] == "vendor-check"
    assert draft.digest == digest(draft.document)


@pytest.mark.parametrize("code", ["", "Vendor", "1st", "with space", "x" * 61])
def test_a_bad_code_is_refused(olga, code):
    with pytest.raises(DomainError, match="bad_code"):
        drafts.begin(code=code, by=olga)


def test_a_code_is_given_once(draft, olga):
    with pytest.raises(DomainError, match="code_taken") as refusal:
        drafts.begin(code="vendor-check", by=olga)
    assert refusal.value.field == "code"


def test_copy_takes_the_next_number_and_the_words(olga):
    version = QuestionnaireVersionFactory()
    QuestionnaireVersionFactory(number=4, state="retired")
    copied = drafts.copy(version=version, by=olga)
    assert (copied.number, copied.copied_from) == (5, version)
    assert copied.document == {**version.document, "version": 5}
    assert copied.source.startswith("code: small\nversion: 5\n")


def test_copy_of_a_typed_text_keeps_its_remarks(draft, olga):
    text = "# of mine\n" + draft.source
    written = drafts.save(version=draft, source=text, by=olga)
    assert drafts.copy(version=written, by=olga).source == text


def test_upload_finds_its_questionnaire_by_the_code(olga):
    QuestionnaireVersionFactory()
    source = source_of(small_document(version=1))
    uploaded = drafts.upload(source=source, by=olga)
    assert uploaded.questionnaire.code == "small"
    assert uploaded.number == 2
    assert uploaded.source == source


def test_upload_makes_a_questionnaire(olga):
    uploaded = drafts.upload(source="code: fresh\n", by=olga)
    assert uploaded.questionnaire.code == "fresh"
    assert uploaded.number == 1


@pytest.mark.parametrize("source", ["[", "", "title: {en: No code}", "code: 7"])
def test_upload_without_a_code_is_refused(olga, source):
    with pytest.raises(DomainError, match=r"unreadable|bad_code"):
        drafts.upload(source=source, by=olga)
    assert not QuestionnaireVersion.objects.exists()


def test_save_keeps_text_and_document(draft, olga):
    document = {**draft.document, "minutes": 9}
    source = "# nine\n" + source_of(document)
    saved = drafts.save(version=draft, source=source, note="Longer", by=olga)
    assert (saved.source, saved.note, saved.version) == (source, "Longer", 2)
    assert saved.document == document
    assert saved.digest == digest(document)


def test_a_text_nobody_can_read_is_kept_and_the_document_stands(draft, olga):
    before = draft.document
    saved = drafts.save(version=draft, source="sections: [", by=olga)
    saved.refresh_from_db()
    assert saved.source == "sections: ["
    assert saved.document == before
    assert check_of(saved).document is None


def test_saving_the_same_changes_nothing(draft, olga):
    events = AuditEvent.objects.count()
    assert drafts.save(version=draft, source=draft.source, by=olga).version == 1
    assert AuditEvent.objects.count() == events


def test_the_second_of_two_writers_is_told(draft, olga, rita):
    drafts.save(version=draft, source="a: 1", by=rita, expected_version=1)
    with pytest.raises(EditConflict) as conflict:
        drafts.save(version=draft, source="b: 2", by=olga, expected_version=1)
    assert conflict.value.current.source == "a: 1"


def test_a_megabyte_is_enough(draft, olga):
    with pytest.raises(DomainError, match="too_large") as refusal:
        drafts.save(version=draft, source="问" * 400_000, by=olga)
    assert refusal.value.field == "source"


@pytest.mark.parametrize(
    "state", [state for state in QuestionnaireState.values if state != "draft"]
)
def test_only_a_draft_is_written_or_deleted(olga, state):
    version = QuestionnaireVersionFactory(state=state)
    for act in (
        lambda: drafts.save(version=version, source="a: 1", by=olga),
        lambda: drafts.delete(version=version, by=olga),
    ):
        with pytest.raises(DomainError, match="wrong_state"):
            act()


def test_delete_takes_the_questionnaire_that_was_never_more(draft, olga):
    drafts.delete(version=draft, by=olga)
    assert not Questionnaire.objects.exists()
    event = AuditEvent.objects.get(verb="questionnaire.deleted")
    assert event.target_id == str(draft.pk)


def test_delete_leaves_a_questionnaire_with_other_versions(olga):
    version = QuestionnaireVersionFactory()
    drafts.delete(version=drafts.copy(version=version, by=olga), by=olga)
    assert version.questionnaire.versions.get() == version


def test_the_trail_tells_of_texts_without_repeating_them(draft, olga):
    drafts.save(version=draft, source="[", by=olga)
    event = AuditEvent.objects.get(verb="questionnaire.edited")
    assert event.after == {"source_digest": digest("[")}


def test_an_open_version_takes_another_number_with_its_document(draft):
    drafts.number_as(draft, 7)
    assert draft.document["version"] == 7
    assert draft.digest == digest(draft.document)


def test_template_is_one_document():
    assert "sections" in yaml.safe_load(drafts.TEMPLATE.read_text(encoding="utf-8"))
