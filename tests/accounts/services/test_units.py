"""The closure of the tree equals what walking it up would say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Unit, UnitAncestry
from accounts.services.units import create_unit, delete_unit, move_unit, rename_unit
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError, EditConflict
from tests.factories.accounts import UserFactory


def walked():
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    rows = set()
    for unit in parents:
        above, distance = unit, 0
        while above is not None:
            rows.add((above, unit, distance))
            above, distance = parents[above], distance + 1
    return rows


def stored():
    return set(
        UnitAncestry.objects.values_list("ancestor_id", "descendant_id", "distance")
    )


class TestClosure(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        parents=st.lists(st.integers(0, 100), min_size=2, max_size=9),
        moves=st.lists(st.tuples(st.integers(0, 8), st.integers(-1, 8)), max_size=8),
    )
    def test_move_keeps_closure(self, parents, moves):
        by = UserFactory()
        units = []
        for number, parent in enumerate(parents):
            above = units[parent % number] if number and parent % 4 else None
            units.append(create_unit(name=f"U{number}", parent=above, by=by))
        assert stored() == walked()
        for which, where in moves:
            unit = units[which % len(units)]
            target = None if where < 0 else units[where % len(units)]
            inside = target is not None and any(
                row[:2] == (unit.pk, target.pk) for row in walked()
            )
            if inside:
                with pytest.raises(DomainError, match="unit_cycle"):
                    move_unit(unit=unit, parent=target, by=by)
            else:
                move_unit(unit=unit, parent=target, by=by)
            assert stored() == walked()


def test_create_refuses_second_name(retail, admin):
    with pytest.raises(DomainError) as refused:
        create_unit(name="Retail", parent=retail.parent, by=admin)
    assert refused.value.code == "unit_name_taken"


def test_rename_refuses_stale_version(retail, admin):
    rename_unit(unit=retail, name="Shops", by=admin, expected_version=1)
    with pytest.raises(EditConflict):
        rename_unit(unit=retail, name="Stores", by=admin, expected_version=1)
    event = AuditEvent.objects.get(verb="unit.renamed")
    assert (event.before, event.after) == ({"name": "Retail"}, {"name": "Shops"})


def test_delete_refuses_unit_with_children(retail, pricing, admin):
    with pytest.raises(DomainError) as refused:
        delete_unit(unit=retail, by=admin)
    assert refused.value.code == "unit_not_empty"
    assert not AuditEvent.objects.filter(verb="unit.deleted").exists()
    delete_unit(unit=pricing, by=admin)
    assert not Unit.objects.filter(pk=pricing.pk).exists()
    assert stored() == walked()
