"""Roles come and go; a unit keeps somebody who manages it."""

import pytest

from accounts.models import Membership
from accounts.roles import Role
from accounts.services.memberships import change_role, grant_role, revoke_role
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError
from tests.factories.accounts import MembershipFactory, UserFactory


def test_grant_twice_is_refused(retail, alice):
    user = UserFactory()
    grant_role(user=user, unit=retail, role=Role.VIEWER, by=alice)
    with pytest.raises(DomainError) as refused:
        grant_role(user=user, unit=retail, role=Role.VIEWER, by=alice)
    assert refused.value.code == "role_already_held"
    assert AuditEvent.objects.filter(verb="membership.granted").count() == 1


def test_grant_to_closed_account_is_refused(retail, alice):
    with pytest.raises(DomainError):
        grant_role(
            user=UserFactory(is_active=False), unit=retail, role=Role.VIEWER, by=alice
        )


def test_last_manager_stays(retail, alice, admin):
    mine = Membership.objects.get(user=alice)
    with pytest.raises(DomainError) as refused:
        revoke_role(membership=mine, by=alice)
    assert refused.value.code == "last_manager"
    with pytest.raises(DomainError):
        change_role(membership=mine, role=Role.VIEWER, by=alice)
    revoke_role(membership=mine, by=admin)
    assert not Membership.objects.filter(pk=mine.pk).exists()


def test_last_manager_may_go_when_one_above_remains(organization, alice):
    MembershipFactory(unit=organization, role="manager")
    revoke_role(membership=Membership.objects.get(user=alice), by=alice)
    assert not alice.memberships.exists()


def test_change_role_records_both_sides(carol, alice):
    mine = Membership.objects.get(user=carol)
    change_role(membership=mine, role=Role.REVIEWER, by=alice)
    event = AuditEvent.objects.get(verb="membership.changed")
    assert (event.before, event.after) == (
        {"role": "contributor"},
        {"role": "reviewer"},
    )
