"""Which projects a person sees, in which order."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    Case,
    DateField,
    DecimalField,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Lower
from django.utils import timezone

from accounts.models import Unit, UnitAncestry, User
from accounts.roles import Permission
from projects.models import Project
from riskbase.shared.keyset import Ordering

SIMILAR = 0.3
"""Least word similarity of a name to a search: one or two slips in a word."""
SHORTEST_TYPO = 4
NONE = "none"
FILTERS = {
    "state": "state",
    "stage": "stage",
    "sector": "sector",
    "tier": "current_tier",
    "outcome": "current_outcome",
}
"""Public name -> column; the value "none" finds the empty ones."""

REASSESS_WITHIN = {
    "overdue": dt.timedelta(0),
    "soon": dt.timedelta(days=31),
}
"""Value of the filter -> how far ahead of today the next assessment may be."""

_RISK = DecimalField(max_digits=4, decimal_places=1)
_SHARE = DecimalField(max_digits=4, decimal_places=3)
ORDERINGS = {
    ordering.name: ordering
    for ordering in (
        Ordering("-created", "pk", descending=True),
        Ordering("created", "pk"),
        Ordering("name", Lower("name")),
        Ordering(
            "-risk", Coalesce("current_point", Value(-1), output_field=_RISK), True
        ),
        Ordering(
            "due",
            Coalesce("due_on", Value(dt.date.max), output_field=DateField()),
        ),
        Ordering(
            "reassess",
            Coalesce("reassess_on", Value(dt.date.max), output_field=DateField()),
        ),
        Ordering("-changed", F("updated_at"), descending=True),
    )
}
DEFAULT_ORDERING = "-created"
BEST_MATCH = "match"


def projects_for(user: User, wanted: Mapping[str, Any]) -> QuerySet[Project]:
    """Return the projects visible to `user` that match what is `wanted`."""
    rows = Project.objects.visible_to(user).select_related("unit", "owner")
    return matching(rows, wanted)


def matching(rows: QuerySet[Project], wanted: Mapping[str, Any]) -> QuerySet[Project]:
    """Return those of `rows` that match what is `wanted`.

    `search` is a reference or words of a name, slips allowed; `unit` means the
    unit and those below it; each of FILTERS takes a value or several; `owner` is
    a person.
    """
    for name, column in FILTERS.items():
        if values := _several(wanted.get(name)):
            plain = ["" if value == NONE else value for value in values]
            rows = rows.filter(**{f"{column}__in": plain})
    if units := _several(wanted.get("unit")):
        below = UnitAncestry.objects.filter(ancestor__in=units)
        rows = rows.filter(unit__in=below.values("descendant_id"))
    days = REASSESS_WITHIN.get(str(wanted.get("reassess")))
    if days is not None:
        rows = rows.filter(reassess_on__lt=timezone.localdate() + days)
    if owners := _several(wanted.get("owner")):
        rows = rows.filter(owner__in=owners)
    return _searched(rows, str(wanted.get("search") or "").strip())


def ordering_for(name: str | None, search: str = "") -> Ordering:
    """Return the named ordering; by default the best match, else the newest."""
    if search.strip() and (not name or name == BEST_MATCH):
        return Ordering(BEST_MATCH, _match(search.strip()), descending=True)
    return ORDERINGS.get(name or DEFAULT_ORDERING, ORDERINGS[DEFAULT_ORDERING])


def units_to_create_in(user: User) -> QuerySet[Unit]:
    """Return the units in which `user` may open a project."""
    return Unit.objects.where(user, Permission.CREATE_PROJECT)


def units_to_move_to(user: User, project: Project) -> QuerySet[Unit]:
    """Return where `user` may put the project: where it is, and where they edit."""
    editable = Unit.objects.where(user, Permission.EDIT_PROJECT).values("pk")
    return Unit.objects.filter(Q(pk__in=editable) | Q(pk=project.unit_id))


def possible_owners(user: User) -> QuerySet[User]:
    """Return those whom `user` may name as owner of something they see."""
    return people_of(Unit.objects.visible_to(user))


def people_of(units: Iterable[Unit] | QuerySet[Unit]) -> QuerySet[User]:
    """Return those with a role in one of `units`, or in a unit above it."""
    above = UnitAncestry.objects.filter(descendant__in=units).values("ancestor_id")
    return (
        User.objects.filter(is_active=True)
        .filter(Q(memberships__unit__in=above) | Q(is_superuser=True))
        .distinct()
    )


def _several(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    if isinstance(value, list | tuple | set | QuerySet):
        return list(value)
    return [value]


def _searched(rows: QuerySet[Project], search: str) -> QuerySet[Project]:
    """Return what holds the very words, or where nothing does, what looks like them."""
    if not search:
        return rows
    found = rows.filter(Q(reference__icontains=search) | Q(name__icontains=search))
    if len(search) < SHORTEST_TYPO or found.exists():
        return found
    return rows.alias(similarity=TrigramWordSimilarity(search, "name")).filter(
        similarity__gte=SIMILAR
    )


def _match(search: str) -> Case:
    """How well a row answers the search: the very reference, the words, the rest."""
    return Case(
        When(reference__iexact=search, then=Value(Decimal(3))),
        When(name__istartswith=search, then=Value(Decimal(2))),
        When(name__icontains=search, then=Value(Decimal("1.5"))),
        default=Cast(TrigramWordSimilarity(search, "name"), _SHARE),
        output_field=_SHARE,
    )
