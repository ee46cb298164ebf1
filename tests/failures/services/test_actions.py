import pytest

from failures.models import ActionItem
from failures.services import actions
from riskbase.shared.errors import EditConflict
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(retail, alice):
    record = PostmortemFactory(unit=retail)
    values = {"text": "Replay the features", "kind": "detect", "owner": alice}
    return actions.add(postmortem=record, values=values, by=alice)


def test_done_comes_before_verified(action, alice):
    with pytest.raises(actions.MoveRefused):
        actions.set_state(action=action, state="verified", by=alice)


def test_verify_needs_a_stated_check(action, alice):
    done = actions.set_state(action=action, state="done", by=alice)
    with pytest.raises(actions.MoveRefused) as raised:
        actions.set_state(action=done, state="verified", by=alice)
    assert raised.value.field == "success_check"
    actions.change(action=done, values={"success_check": "The replay agrees"}, by=alice)
    with pytest.raises(actions.MoveRefused) as raised:
        actions.set_state(action=done, state="verified", by=alice)
    assert raised.value.field == "verification"


def test_verified_keeps_what_showed_it_until_it_is_opened_again(action, alice):
    actions.change(action=action, values={"success_check": "It agrees"}, by=alice)
    done = actions.set_state(action=action, state="done", by=alice)
    shown = {"verification": "Four weeks agree", "verification_url": ""}
    row = actions.set_state(action=done, state="verified", by=alice, evidence=shown)
    assert (row.state, row.verification) == ("verified", "Four weeks agree")
    assert (row.verified_by, row.verified_at is not None) == (alice, True)
    again = actions.set_state(action=row, state="open", by=alice)
    assert (again.verification, again.verified_by) == ("", None)


def test_refusal_needs_a_reason(action, alice):
    with pytest.raises(actions.MoveRefused):
        actions.set_state(action=action, state="wont_do", by=alice)
    row = actions.set_state(action=action, state="wont_do", by=alice, reason="Sold")
    assert row.refusal_reason == "Sold"
    assert actions.set_state(action=row, state="open", by=alice).refusal_reason == ""


def test_change_refuses_a_stale_version(action, alice):
    actions.change(
        action=action, values={"text": "Other"}, by=alice, expected_version=1
    )
    with pytest.raises(EditConflict):
        actions.change(
            action=action, values={"text": "Mine"}, by=alice, expected_version=1
        )


def test_published_action_is_not_removed(retail, alice):
    record = PostmortemFactory(unit=retail, published=True)
    row = actions.add(
        postmortem=record, values={"text": "A", "kind": "learn"}, by=alice
    )
    with pytest.raises(actions.MoveRefused):
        actions.remove(action=row, by=alice)
    assert ActionItem.objects.exists()
