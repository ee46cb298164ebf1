"""What the pages about people and units show."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import ApiToken, Invitation, Membership, Person, Unit, User
from accounts.permissions import is_administrator, may
from accounts.roles import PERMISSIONS, Permission, Role
from riskbase.shared.keyset import Ordering, Page, paginate

INHERITED_SHOWN = 50
BY_USERNAME = Ordering("username", Lower("username"))
OLDEST_FIRST = Ordering("id", "pk")


@dataclass
class UnitNode:
    """A unit in the tree a person sees, with how many people hold a role in it."""

    unit: Unit
    people: int
    children: list["UnitNode"] = field(default_factory=list)


@dataclass(frozen=True)
class UnitSheet:
    """Everything the page of one unit shows to one person."""

    unit: Unit
    parents: Sequence[Unit]
    children: Sequence[Unit]
    members: Page[Membership]
    inherited: Sequence[Membership]
    invitations: Sequence[Invitation]
    may_manage: bool
    may_administer: bool


@dataclass(frozen=True)
class UnitRights:
    """The roles a person holds in a unit, also from above, and what they permit."""

    unit: Unit
    roles: Sequence[str]
    permissions: Sequence[str]


def unit_tree(user: User) -> list[UnitNode]:
    """Return the visible units as trees; a unit whose parent is hidden is a root."""
    units = list(
        Unit.objects.visible_to(user)
        .annotate(people=Count("memberships__user", distinct=True))
        .order_by("name", "pk")
    )
    nodes = {
        unit.pk: UnitNode(unit, people=getattr(unit, "people", 0)) for unit in units
    }
    roots: list[UnitNode] = []
    for unit in units:
        above = nodes.get(unit.parent_id) if unit.parent_id else None
        (roots if above is None else above.children).append(nodes[unit.pk])
    return roots


def unit_sheet(user: User, unit: Unit, *, cursor: str | None = None) -> UnitSheet:
    """Return the page of a visible unit. Raises BadCursor."""
    manages = may(user, Permission.MANAGE_MEMBERS, unit)
    visible = Unit.objects.visible_to(user)
    return UnitSheet(
        unit=unit,
        parents=list(ancestors_of(unit).filter(pk__in=visible.values("pk"))),
        children=list(visible.filter(parent=unit)),
        members=paginate(members_of(unit), ordering=OLDEST_FIRST, cursor=cursor),
        inherited=list(
            Membership.objects.filter(
                unit__in=ancestors_of(unit), user__is_active=True
            ).select_related("user", "unit")[:INHERITED_SHOWN]
        ),
        invitations=list(open_invitations(unit)) if manages else [],
        may_manage=manages,
        may_administer=is_administrator(user),
    )


def ancestors_of(unit: Unit) -> QuerySet[Unit]:
    """Return the units above, topmost first."""
    return (
        Unit.objects.filter(
            pk__in=unit.ancestry.filter(distance__gt=0).values("ancestor")
        )
        .annotate(height=Count("ancestry"))
        .order_by("height")
    )


def members_of(unit: Unit) -> QuerySet[Membership]:
    """Return the roles held in this very unit."""
    return Membership.objects.filter(unit=unit).select_related("user", "unit")


def open_invitations(unit: Unit) -> QuerySet[Invitation]:
    """Return invitations nobody has accepted, expired ones included."""
    return Invitation.objects.filter(unit=unit, accepted_at=None).select_related(
        "invited_by", "unit"
    )


def manageable_invitations(user: User) -> QuerySet[Invitation]:
    """Return the unaccepted invitations that `user` may withdraw."""
    units = Unit.objects.where(user, Permission.MANAGE_MEMBERS)
    return Invitation.objects.filter(
        unit__in=units.values("pk"), accepted_at=None
    ).select_related("unit")


def visible_memberships(user: User) -> QuerySet[Membership]:
    """Return the roles held in units that `user` sees."""
    units = Unit.objects.visible_to(user)
    return Membership.objects.filter(unit__in=units.values("pk")).select_related(
        "user", "unit"
    )


def digest_of(token: str) -> str:
    """Return what is stored in place of an invitation link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str, *, at: dt.datetime) -> Invitation | None:
    """Return the invitation a link leads to while it can be accepted."""
    return (
        Invitation.objects.filter(
            digest=digest_of(token), accepted_at=None, expires_at__gt=at
        )
        .select_related("unit", "invited_by")
        .first()
    )


def person_named(text: str) -> User | None:
    """Return the active person with exactly this user name or e-mail address."""
    matches = Q(username__iexact=text) | Q(email__iexact=text)
    return User.objects.filter(matches, is_active=True).first()


def people(query: str = "") -> QuerySet[User]:
    """Return accounts whose name or address contains `query`."""
    found = User.objects.all()
    for word in query.split()[:5]:
        found = found.filter(
            Q(username__icontains=word)
            | Q(email__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
        )
    return found


def authors_beside(user: User) -> QuerySet[User]:
    """Return the other people who may write and publish questionnaires."""
    authoring = Membership.objects.authoring().values("user")
    return User.objects.filter(
        Q(is_superuser=True) | Q(pk__in=authoring), is_active=True
    ).exclude(pk=user.pk)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return the person's own tokens, expired ones included."""
    tokens: QuerySet[ApiToken] = ApiToken.objects.filter(user=user)
    return tokens


def rights_of(user: User) -> list[UnitRights]:
    """Return what the person may do in every unit they see, in two queries."""
    held: dict[object, set[str]] = defaultdict(set)
    grants = Membership.objects.filter(user=user).values_list("unit_id", "role")
    for unit_id, role in grants:
        held[unit_id].add(role)
    rights = []
    units = Unit.objects.visible_to(user).prefetch_related("ancestry")
    for unit in units.order_by("name", "pk"):
        roles = {
            role for above in unit.ancestry.all() for role in held[above.ancestor_id]
        }
        rights.append(UnitRights(unit, sorted(roles), _permissions(user, unit, roles)))
    return rights


def _permissions(user: User, unit: Unit, roles: set[str]) -> list[str]:
    if user.is_administrator:
        return [permission.value for permission in Permission]
    held = {item for role in roles for item in PERMISSIONS[Role(role)]}
    if unit.parent_id is not None:
        held.discard(Permission.AUTHOR)
    return sorted(permission.value for permission in held)


def visible_units(user: Person) -> QuerySet[Unit]:
    """Return the units whose rows the person may see."""
    return Unit.objects.visible_to(user)
