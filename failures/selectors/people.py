"""People who can be asked to do something about a record."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import Membership, Person, Unit, User
from accounts.roles import Permission, roles_with
from failures.choices import Visibility
from failures.models import CauseCoding, Postmortem


def possible_owners(postmortem: Postmortem) -> QuerySet[User]:
    """Return active people with a role in the record's unit or above it."""
    if postmortem.unit is None:
        return User.objects.none()
    above = postmortem.unit.ancestry.values("ancestor_id")
    members = Membership.objects.filter(unit__in=above).values("user_id")
    people = User.objects.filter(is_active=True, pk__in=members)
    return people.order_by("first_name", "username")


def possible_second_coders(postmortem: Postmortem) -> QuerySet[User]:
    """Return people who may read and code the record and had no part in its coding.

    Roles that log or review post-mortems in its unit or above; for a restricted
    record only those that read restricted ones. Site administrators always may.
    """
    if postmortem.unit is None:
        return User.objects.none()
    roles = roles_with(Permission.LOG_POSTMORTEM) | roles_with(Permission.REVIEW)
    if postmortem.visibility == Visibility.RESTRICTED:
        roles &= roles_with(Permission.VIEW_RESTRICTED)
    members = Membership.objects.filter(
        unit__in=postmortem.unit.ancestry.values("ancestor_id"), role__in=roles
    )
    coders = CauseCoding.objects.filter(postmortem=postmortem).exclude(coder=None)
    return (
        User.objects.filter(is_active=True)
        .filter(Q(pk__in=members.values("user_id")) | Q(is_superuser=True))
        .exclude(pk__in=[postmortem.author_id] if postmortem.author_id else [])
        .exclude(pk__in=coders.values("coder_id"))
        .order_by("first_name", "username")
    )


def units_to_log_in(user: Person) -> QuerySet[Unit]:
    """Return the units in which `user` may log post-mortems."""
    if isinstance(user, AnonymousUser):
        return Unit.objects.none()
    return Unit.objects.where(user, Permission.LOG_POSTMORTEM)
