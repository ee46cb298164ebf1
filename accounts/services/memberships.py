"""Giving people roles in units and taking them away."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Unit, UnitAncestry, User
from accounts.roles import Permission, Role, roles_with
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

AUDITED = ("user", "unit", "role")


@transaction.atomic
def grant_role(*, user: User, unit: Unit, role: Role, by: User | None) -> Membership:
    """Give `user` a role in the unit and below."""
    if not user.is_active:
        raise DomainError(
            "account_inactive", _("This account is not active."), field="person"
        )
    membership, is_new = Membership.objects.get_or_create(
        user=user, unit=unit, role=role.value
    )
    if not is_new:
        raise DomainError(
            "role_already_held",
            _("This person already has this role here."),
            field="person",
        )
    trail.record(
        by=by,
        verb="membership.granted",
        target=membership,
        after=trail.values_of(membership, AUDITED),
    )
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User) -> Membership:
    """Replace the role by another."""
    membership = _locked(membership)
    if membership.role == role.value:
        return membership
    _keep_a_way_in(membership, becomes=role, by=by)
    twins = Membership.objects.filter(
        user=membership.user_id, unit=membership.unit_id, role=role.value
    )
    if twins.exists():
        raise DomainError(
            "role_already_held",
            _("This person already has this role here."),
            field="role",
        )
    before = trail.values_of(membership, AUDITED)
    membership.role = role.value
    membership.save()
    trail.record(
        by=by,
        verb="membership.changed",
        target=membership,
        before=before,
        after=trail.values_of(membership, AUDITED),
    )
    return membership


@transaction.atomic
def revoke_role(*, membership: Membership, by: User) -> None:
    """Take the role away."""
    membership = _locked(membership)
    _keep_a_way_in(membership, becomes=None, by=by)
    trail.record(
        by=by,
        verb="membership.revoked",
        target=membership,
        before=trail.values_of(membership, AUDITED),
    )
    membership.delete()


def _locked(membership: Membership) -> Membership:
    """Lock the unit first, so that two managers cannot remove each other at once."""
    Unit.objects.select_for_update(no_key=True).get(pk=membership.unit_id)
    return Membership.objects.select_related("user", "unit").get(pk=membership.pk)


def _keep_a_way_in(membership: Membership, *, becomes: Role | None, by: User) -> None:
    """Refuse to leave the unit without anybody who manages its members.

    Managers of a unit above count. A site administrator may do it all the same.
    """
    managing = roles_with(Permission.MANAGE_MEMBERS)
    if by.is_administrator or membership.role not in managing or becomes in managing:
        return
    above = UnitAncestry.objects.filter(descendant=membership.unit_id).values(
        "ancestor"
    )
    others = Membership.objects.filter(
        unit__in=above, role__in=managing, user__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise DomainError(
            "last_manager",
            _("Nobody else manages this unit. Name another manager first."),
        )
