"""Changing the tree of units, with its closure kept in the same transaction."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, UnitAncestry, User
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict
from riskbase.shared.events import outbox

AUDITED = ("name", "parent")


@transaction.atomic
def create_unit(*, name: str, parent: Unit | None, by: User | None) -> Unit:
    """Add a unit below `parent`, or as a root."""
    _lock_tree()
    _refuse_second(name, parent)
    unit = Unit.objects.create(name=name, parent=parent)
    _link(unit)
    trail.record(
        by=by, verb="unit.created", target=unit, after=trail.values_of(unit, AUDITED)
    )
    return unit


@transaction.atomic
def rename_unit(
    *, unit: Unit, name: str, by: User, expected_version: int | None = None
) -> Unit:
    """Give the unit another name."""
    unit = _locked(unit, expected_version)
    before = trail.values_of(unit, AUDITED)
    _refuse_second(name, unit.parent, besides=unit)
    unit.name = name
    return _changed(unit, before, verb="unit.renamed", by=by)


@transaction.atomic
def move_unit(
    *, unit: Unit, parent: Unit | None, by: User, expected_version: int | None = None
) -> Unit:
    """Hang the unit, with everything below it, under another parent."""
    unit = _locked(unit, expected_version)
    before = trail.values_of(unit, AUDITED)
    if parent is not None and _is_within(parent, unit):
        raise DomainError(
            "unit_cycle",
            _("A unit cannot be moved below itself or below a unit of its own."),
            field="parent",
        )
    _refuse_second(unit.name, parent, besides=unit)
    unit.parent = parent
    moved = _changed(unit, before, verb="unit.moved", by=by)
    _relink_subtree(moved)
    outbox.emit(topic="unit.changed", target=moved)
    return moved


@transaction.atomic
def delete_unit(*, unit: Unit, by: User) -> None:
    """Delete a unit nothing hangs on: no sub-unit, project or post-mortem."""
    unit = _locked(unit, None)
    before = trail.values_of(unit, AUDITED)
    before["members"] = list(
        unit.memberships.order_by("pk").values_list("user__username", "role")
    )
    trail.record(by=by, verb="unit.deleted", target=unit, before=before)
    try:
        unit.delete()
    except ProtectedError as error:
        raise DomainError(
            "unit_not_empty",
            _(
                "This unit still holds units, projects or post-mortems. Move them first."
            ),
        ) from error


def _lock_tree() -> None:
    """Let changes of the tree wait for each other; it is small and seldom changed.

    Two moves at once could otherwise close a circle, and a unit created under a
    moving one would keep the old ancestors.
    """
    list(
        Unit.objects.select_for_update(no_key=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _locked(unit: Unit, expected_version: int | None) -> Unit:
    _lock_tree()
    current = Unit.objects.select_related("parent").get(pk=unit.pk)
    if expected_version is not None and current.version != expected_version:
        raise EditConflict(current=current)
    return current


def _changed(unit: Unit, before: dict[str, object], *, verb: str, by: User) -> Unit:
    unit.version += 1
    unit.save()
    trail.record(
        by=by,
        verb=verb,
        target=unit,
        before=before,
        after=trail.values_of(unit, AUDITED),
    )
    return unit


def _refuse_second(
    name: str, parent: Unit | None, *, besides: Unit | None = None
) -> None:
    namesakes = Unit.objects.filter(name=name, parent=parent)
    if besides is not None:
        namesakes = namesakes.exclude(pk=besides.pk)
    if namesakes.exists():
        raise DomainError(
            "unit_name_taken",
            _("A unit of this name already exists here."),
            field="name",
        )


def _is_within(unit: Unit, ancestor: Unit) -> bool:
    return UnitAncestry.objects.filter(ancestor=ancestor, descendant=unit).exists()


def _link(unit: Unit) -> None:
    """Write the ancestry of a new leaf: itself, then all of its parent's."""
    rows = [UnitAncestry(ancestor=unit, descendant=unit, distance=0)]
    if unit.parent_id is not None:
        rows += [
            UnitAncestry(
                ancestor_id=above.ancestor_id,
                descendant=unit,
                distance=above.distance + 1,
            )
            for above in UnitAncestry.objects.filter(descendant=unit.parent_id)
        ]
    UnitAncestry.objects.bulk_create(rows)


def _relink_subtree(unit: Unit) -> None:
    """Cut the subtree from its former ancestors and tie it to the new ones."""
    below = list(UnitAncestry.objects.filter(ancestor=unit))
    inside = [row.descendant_id for row in below]
    UnitAncestry.objects.filter(descendant_id__in=inside).exclude(
        ancestor_id__in=inside
    ).delete()
    if unit.parent_id is None:
        return
    above = list(UnitAncestry.objects.filter(descendant=unit.parent_id))
    UnitAncestry.objects.bulk_create(
        UnitAncestry(
            ancestor_id=upper.ancestor_id,
            descendant_id=lower.descendant_id,
            distance=upper.distance + 1 + lower.distance,
        )
        for upper in above
        for lower in below
    )
