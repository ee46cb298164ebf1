"""People who can be asked to do something about a record."""

from django.db.models import QuerySet

from accounts.models import Membership, Unit, User
from failures.models import Postmortem


def possible_owners(postmortem: Postmortem) -> QuerySet[User]:
    """Return active people with a role in the record's unit or above it."""
    above = Unit.objects.filter(
        pk__in=postmortem.unit.ancestry.values("ancestor_id") if postmortem.unit else []
    )
    members = Membership.objects.filter(unit__in=above).values("user_id")
    people = User.objects.filter(is_active=True, pk__in=members)
    return people.order_by("first_name", "username")
