"""Who may do what with a version in which state; no error goes to a second person."""

import pytest

from projects.services import draft_reviews, drafts
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.projects import AT, QuestionnaireVersionFactory, taxonomy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(olga):
    taxonomy_of()
    return drafts.begin(code="vendor-check", by=olga)


@pytest.fixture
def sent(draft, olga):
    return draft_reviews.send(version=draft, by=olga, at=AT)


ACTS = {
    "send": lambda version, by: draft_reviews.send(version=version, by=by, at=AT),
    "take_back": lambda version, by: draft_reviews.take_back(version=version, by=by),
    "send_back": lambda version, by: draft_reviews.send_back(
        version=version, note="Shorter", by=by
    ),
}
LEADS = {
    ("draft", "send"): "in_review",
    ("in_review", "take_back"): "draft",
    ("in_review", "send_back"): "draft",
}


@pytest.mark.parametrize("state", ["draft", "in_review", "published", "retired"])
@pytest.mark.parametrize("act", ACTS)
def test_every_state_has_its_acts(olga, state, act):
    taxonomy_of()
    if state in ("draft", "in_review"):
        version = drafts.begin(code="vendor-check", by=olga)
        if state == "in_review":
            version = draft_reviews.send(version=version, by=olga, at=AT)
    else:
        version = QuestionnaireVersionFactory(state=state)
    expected = LEADS.get((state, act))
    if expected is None:
        with pytest.raises(DomainError, match="wrong_state"):
            ACTS[act](version, olga)
    else:
        assert ACTS[act](version, olga).state == expected


def test_send_says_who_and_when(sent, olga):
    assert (sent.sent_by, sent.sent_at, sent.version) == (olga, AT, 2)


def test_errors_are_not_handed_in(draft, olga):
    broken = drafts.save(version=draft, source="code: vendor-check\n", by=olga)
    with pytest.raises(DomainError, match="has_errors"):
        draft_reviews.send(version=broken, by=olga, at=AT)


def test_another_text_than_the_one_read_is_not_handed_in(draft, olga):
    with pytest.raises(EditConflict):
        draft_reviews.send(version=draft, by=olga, at=AT, expected_version=7)


def test_coming_back_forgets_who_sent(sent, rita):
    back = draft_reviews.send_back(version=sent, note="Shorter, please.", by=rita)
    assert (back.sent_by, back.sent_at) == (None, None)
    event = AuditEvent.objects.get(verb="questionnaire.sent_back")
    assert event.after["note"] == "Shorter, please."


def test_returning_says_why(sent, rita):
    with pytest.raises(DomainError, match="note_missing"):
        draft_reviews.send_back(version=sent, note=" ", by=rita)


def test_check_is_given_back(draft):
    assert draft_reviews.without_errors(draft).plan is not None
