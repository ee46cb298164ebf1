"""Four eyes, acknowledged warnings, a backtest of the very text, one version in force."""

import datetime as dt

import pytest

from projects.models import Backtest, QuestionnaireVersion
from projects.scoring.writing import source_of
from projects.services import draft_reviews, drafts, publication, questionnaires
from projects.services.publication import Consent
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events.models import OutboxEvent
from tests.factories.projects import AT, small_document, taxonomy_of
from tests.factories.runs import scored

pytestmark = pytest.mark.django_db
ALL = Consent(warnings=True, no_backtest=True)


@pytest.fixture
def sent(olga):
    taxonomy_of()
    draft = drafts.begin(code="vendor-check", by=olga)
    return draft_reviews.send(version=draft, by=olga, at=AT)


def publish(version, by, consent=ALL):
    return publication.publish(version=version, by=by, at=AT, consent=consent)


def next_version(version, by, **changes):
    copied = drafts.copy(version=version, by=by)
    source = source_of({**copied.document, **changes})
    saved = drafts.save(version=copied, source=source, by=by)
    return draft_reviews.send(version=saved, by=by, at=AT)


def test_another_author_publishes(sent, rita):
    version = publish(sent, rita)
    assert (version.state, version.published_by, version.published_at) == (
        "published",
        rita,
        AT,
    )
    event = AuditEvent.objects.get(verb="questionnaire.published")
    assert event.after["nobody_else_could"] is False
    assert OutboxEvent.objects.get(topic="questionnaire.published").payload == {
        "code": "vendor-check",
        "number": 1,
    }


def test_nobody_publishes_their_own_while_another_could(sent, olga, rita):
    with pytest.raises(DomainError, match="four_eyes"):
        publish(sent, olga)


def test_who_is_alone_publishes_and_the_trail_says_so(sent, olga):
    assert publish(sent, olga).state == "published"
    event = AuditEvent.objects.get(verb="questionnaire.published")
    assert event.after["nobody_else_could"] is True


def test_a_closed_account_is_no_second_person(sent, olga, rita):
    rita.is_active = False
    rita.save()
    assert publish(sent, olga).state == "published"


def test_only_what_was_handed_in_is_published(sent, rita):
    draft = draft_reviews.take_back(version=sent, by=rita)
    with pytest.raises(DomainError, match="wrong_state"):
        publish(draft, rita)


def test_another_text_than_the_one_read_is_not_published(sent, rita):
    with pytest.raises(EditConflict):
        publication.publish(version=sent, by=rita, at=AT, expected_version=9)


def test_errors_of_a_later_taxonomy_are_refused(sent, rita):
    QuestionnaireVersion.objects.filter(pk=sent.pk).update(source="code: x")
    with pytest.raises(DomainError, match="has_errors"):
        publish(sent, rita)


def test_the_predecessor_retires(sent, olga, rita):
    first = publish(sent, rita)
    second = publish(next_version(first, olga, minutes=6), rita)
    first.refresh_from_db()
    assert (first.state, second.state) == ("retired", "published")
    assert second.questionnaire.position == 6


def test_a_number_overtaken_is_given_anew(sent, olga, rita):
    first = publish(sent, rita)
    early = next_version(first, olga, minutes=6)
    late = publish(next_version(first, olga, minutes=7), rita)
    assert (early.number, late.number) == (2, 3)
    assert publish(early, rita).number == 4
    early.refresh_from_db()
    assert early.document["version"] == 4


def test_content_and_authors_share_the_numbers(sent, olga, rita):
    loaded = questionnaires.load(document=small_document("vendor-check"), at=AT)
    sent.refresh_from_db()
    assert loaded.version.state == "published"
    assert (sent.number, sent.document["version"]) == (2, 2)
    assert publish(sent, rita).number == 2
    loaded.version.refresh_from_db()
    assert loaded.version.state == "retired"


def test_content_leaves_drafts_in_peace(olga):
    taxonomy_of()
    first = questionnaires.load(document=small_document(), at=AT).version
    draft = drafts.copy(version=first, by=olga)
    questionnaires.load(document=small_document(version=3), at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("draft", 2)


def test_the_findings_are_kept(sent, rita):
    version = publish(sent, rita)
    assert all(
        set(each) == {"severity", "code", "place", "line", "params"}
        for each in version.findings
    )


def test_retired_by_hand_nothing_is_in_force(sent, rita):
    version = publication.retire(version=publish(sent, rita), by=rita)
    assert version.state == "retired"
    assert not version.questionnaire.versions.published().exists()
    with pytest.raises(DomainError, match="wrong_state"):
        publication.retire(version=version, by=rita)


class TestBacktest:
    @pytest.fixture
    def second(self, retail, alice, olga):
        version = scored(unit=retail, by=alice).assessment.questionnaire_version
        return next_version(version, olga, minutes=6)

    def test_past_sheets_ask_for_one(self, second, rita):
        with pytest.raises(DomainError, match="backtest_missing") as refusal:
            publish(second, rita, Consent(warnings=True))
        assert refusal.value.field == "no_backtest"
        assert publish(second, rita).backtest is None

    def test_the_newest_of_the_very_text_is_attached(self, second, rita):
        kept = {"questionnaire_version": second, "document": {}}
        Backtest.objects.create(digest="0" * 64, finished_at=AT, **kept)
        later = AT + dt.timedelta(days=1)
        wanted = Backtest.objects.create(
            digest=second.digest, finished_at=later, **kept
        )
        Backtest.objects.create(digest=second.digest, **kept)
        assert publish(second, rita, Consent(warnings=True)).backtest == wanted
