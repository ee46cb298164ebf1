import pytest

from failures import permissions
from tests.factories.accounts import MembershipFactory
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(retail, carol):
    return PostmortemFactory(unit=retail, author=carol)


def test_author_edits_the_own_draft_but_not_what_is_handed_over(draft, carol):
    assert permissions.can_edit(carol, draft)
    assert permissions.can_submit(carol, draft)
    draft.state = "in_review"
    assert not permissions.can_edit(carol, draft)


def test_reviewer_edits_reviews_and_publishes_but_does_not_create(draft, bob, retail):
    assert permissions.can_edit(bob, draft)
    assert permissions.can_publish(bob, draft)
    assert not permissions.can_create(bob, retail)


def test_viewer_and_outsider_change_nothing(draft, vera, charlie, retail):
    for person in (vera, charlie):
        assert not permissions.can_edit(person, draft)
        assert not permissions.can_code(person, draft)
        assert not permissions.can_publish(person, draft)
        assert not permissions.can_create(person, retail)
        assert not permissions.can_follow_up(person, draft)


def test_published_record_is_returned_before_it_is_edited(draft, alice):
    draft.state = "published"
    assert not permissions.can_edit(alice, draft)
    assert permissions.can_return(alice, draft)
    assert not permissions.can_publish(alice, draft)
    assert permissions.can_follow_up(alice, draft)


def test_public_case_is_changed_by_content_only(admin):
    case = PostmortemFactory(case=True)
    assert not permissions.can_edit(admin, case)
    assert not permissions.can_review(admin, case)
    assert not permissions.can_follow_up(admin, case)


def test_author_who_left_the_unit_edits_no_more(draft, carol, elsewhere):
    carol.memberships.all().delete()
    MembershipFactory(user=carol, unit=elsewhere, role="manager")
    assert not permissions.can_edit(carol, draft)
