"""People who can be asked to do something about a record."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import Membership, Person, Unit, User
from accounts.roles import Permission
from failures.models import Postmortem


def possible_owners(postmortem: Postmortem) -> QuerySet[User]:
    """Return active people with a role in the record's unit or above it."""
    if postmortem.unit is None:
        return User.objects.none()
    above = postmortem.unit.ancestry.values("ancestor_id")
    members = Membership.objects.filter(unit__in=above).values("user_id")
    people = User.objects.filter(is_active=True, pk__in=members)
    return people.order_by("first_name", "username")


def units_to_log_in(user: Person) -> QuerySet[Unit]:
    """Return the units in which `user` may log post-mortems."""
    if isinstance(user, AnonymousUser):
        return Unit.objects.none()
    return Unit.objects.where(user, Permission.LOG_POSTMORTEM)
