"""Rights hold below the unit they were given in, and nowhere else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.permissions import is_administrator, may, may_somewhere
from accounts.roles import Permission


def test_role_holds_below_and_not_above(
    alice, organization, retail, pricing, elsewhere
):
    held = [
        may(alice, Permission.MANAGE_MEMBERS, unit)
        for unit in (organization, retail, pricing, elsewhere)
    ]
    assert held == [False, True, True, False]


@pytest.mark.parametrize(
    ("name", "permission"),
    [("carol", Permission.ASSESS), ("bob", Permission.REVIEW)],
)
def test_role_permits_its_acts_only(request, retail, name, permission):
    user = request.getfixturevalue(name)
    assert may(user, permission, retail)
    assert not may(user, Permission.MANAGE_MEMBERS, retail)
    assert may_somewhere(user, permission)


def test_closed_account_may_nothing(alice, admin, retail):
    for user in (alice, admin):
        user.is_active = False
        assert not may(user, Permission.VIEW, retail)
        assert not is_administrator(user)
    assert not may(AnonymousUser(), Permission.VIEW, retail)
