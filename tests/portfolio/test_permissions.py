"""Who may ask for statistics and see background work."""

import pytest

from portfolio.permissions import can_refresh, can_see_jobs

pytestmark = pytest.mark.django_db


def test_reviewers_managers_and_administrators_may_refresh(
    alice, bob, carol, vera, admin
):
    allowed = {
        user.username for user in (alice, bob, carol, vera, admin) if can_refresh(user)
    }
    assert allowed == {"alice", "bob", "admin"}


def test_only_administrators_see_jobs(alice, admin):
    assert can_see_jobs(admin)
    assert not can_see_jobs(alice)
