"""Each step asks first; what is refused is said on the page that asked."""

import pytest
from django.urls import reverse

from projects.models import QuestionnaireVersion
from projects.services import draft_reviews, drafts
from tests.factories.projects import AT, QuestionnaireVersionFactory, taxonomy_of
from tests.factories.runs import scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(olga):
    taxonomy_of()
    return drafts.begin(code="vendor-check", by=olga)


@pytest.fixture
def sent(draft, olga):
    return draft_reviews.send(version=draft, by=olga, at=AT)


def page(name, version):
    return reverse(f"projects:questionnaire-{name}", args=[version.pk])


def text(answer):
    return answer.content.decode()


def test_send_asks_and_does(client, draft, olga):
    client.force_login(olga)
    assert client.get(page("send", draft)).status_code == 200
    client.post(page("send", draft))
    draft.refresh_from_db()
    assert (draft.state, draft.sent_by) == ("in_review", olga)


def test_errors_are_said_where_one_hands_in(client, draft, olga):
    drafts.save(version=draft, source="code: vendor-check\n", by=olga)
    client.force_login(olga)
    answer = client.post(page("send", draft))
    assert answer.status_code == 422
    assert "to correct first" in text(answer)


def test_returned_with_a_note_that_the_author_reads(client, sent, rita):
    client.force_login(rita)
    client.post(page("send-back", sent), {"note": "Shorter, please."})
    sent.refresh_from_db()
    assert sent.state == "draft"
    assert "Shorter, please." in text(client.get(page("draft", sent)))


def test_taken_back(client, sent, olga):
    client.force_login(olga)
    client.post(page("take-back", sent))
    sent.refresh_from_db()
    assert sent.state == "draft"


def test_nobody_publishes_their_own(client, sent, olga, rita):
    client.force_login(olga)
    answer = client.post(
        page("publish", sent), {"version": sent.version, "warnings": "on"}
    )
    assert "Another person" in text(answer)
    client.force_login(rita)
    answer = client.post(
        page("publish", sent), {"version": sent.version, "warnings": "on"}, follow=True
    )
    sent.refresh_from_db()
    assert sent.state == "published"
    assert "Where it comes from" in text(answer)


def test_warnings_have_to_be_ticked(client, sent, rita):
    client.force_login(rita)
    asked = text(client.get(page("publish", sent)))
    assert 'name="warnings"' in asked
    answer = client.post(page("publish", sent), {"version": sent.version})
    assert "Confirm that you have read the warnings." in text(answer)
    assert QuestionnaireVersion.objects.get(pk=sent.pk).state == "in_review"


def test_a_missing_backtest_is_asked_about(client, alice, olga, rita, retail):
    run = scored(unit=retail, by=alice)
    copied = drafts.copy(version=run.assessment.questionnaire_version, by=olga)
    sent = draft_reviews.send(version=copied, by=olga, at=AT)
    client.force_login(rita)
    asked = text(client.get(page("publish", sent)))
    assert 'name="no_backtest"' in asked
    ticked = {"version": sent.version, "warnings": "on", "no_backtest": "on"}
    assert client.post(page("publish", sent), ticked).status_code == 302


def test_what_was_changed_meanwhile_is_looked_at_again(client, sent, rita):
    client.force_login(rita)
    ticked = {"version": sent.version - 1, "warnings": "on"}
    assert "Look at it again" in text(client.post(page("publish", sent), ticked))


def test_a_draft_is_not_published(client, draft, rita):
    client.force_login(rita)
    assert client.get(page("publish", draft)).status_code == 403


def test_retire_and_copy(client, rita):
    version = QuestionnaireVersionFactory()
    client.force_login(rita)
    assert client.get(page("retire", version)).status_code == 200
    client.post(page("retire", version))
    version.refresh_from_db()
    assert version.state == "retired"
    answer = client.post(page("copy", version))
    copied = QuestionnaireVersion.objects.get(state="draft")
    assert answer["Location"] == page("draft", copied)


def test_delete(client, draft, olga):
    client.force_login(olga)
    assert client.get(page("delete", draft)).status_code == 200
    answer = client.post(page("delete", draft))
    assert answer["Location"] == reverse("projects:questionnaire-list")
    assert not QuestionnaireVersion.objects.exists()
