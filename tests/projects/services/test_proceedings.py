"""What every step of a review has in common."""

import pytest

from projects.choices import UNDER_REVIEW
from projects.services import proceedings
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events.models import OutboxEvent
from tests.projects.reviewing import in_state, submitted

pytestmark = pytest.mark.django_db


def test_lock_in_another_state_says_which(retail, carol):
    done = in_state(submitted(retail, carol), "rejected")
    with pytest.raises(DomainError) as refusal:
        proceedings.locked(done, UNDER_REVIEW)
    assert "Rejected" in str(refusal.value.message)


def test_lock_of_a_version_not_read_is_a_conflict(retail, carol):
    done = submitted(retail, carol)
    with pytest.raises(EditConflict):
        proceedings.locked(done, UNDER_REVIEW, expected_version=done.version - 1)


@pytest.mark.parametrize(
    ("text", "code"), [("  \0 ", "text_missing"), ("a" * 4_001, "text_too_long")]
)
def test_words_are_bounded(text, code):
    with pytest.raises(DomainError) as refusal:
        proceedings.spoken(text)
    assert refusal.value.code == code


def test_words_are_trimmed_and_hold_no_nul():
    assert proceedings.spoken(" a\0b ") == "ab"
    assert proceedings.spoken("  ", is_required=False) == ""


def test_tell_keeps_words_out_of_the_event(retail, carol):
    done = submitted(retail, carol)
    proceedings.tell(
        done, "assessment.told", by=carol, facts={"a": 1}, words={"text": "private"}
    )
    assert AuditEvent.objects.get(verb="assessment.told").after == {
        "a": 1,
        "text": "private",
    }
    event = OutboxEvent.objects.get(topic="assessment.told")
    assert event.payload == {"project": str(done.project_id), "a": 1}
