"""Pages of units: who sees them, who changes them."""

import pytest
from django.urls import reverse

from accounts.models import Unit


def test_tree_shows_visible_units_only(client, alice, pricing, elsewhere):
    client.force_login(alice)
    page = client.get(reverse("accounts:unit-list")).content.decode()
    assert "Pricing" in page
    assert "Elsewhere" not in page


def test_detail_outside_the_scope_is_not_found(client, alice, elsewhere):
    client.force_login(alice)
    address = reverse("accounts:unit-detail", args=[elsewhere.pk])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("act", ["rename", "move", "delete"])
def test_manager_does_not_change_the_tree(client, alice, retail, act):
    client.force_login(alice)
    address = reverse(f"accounts:unit-{act}", args=[retail.pk])
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403


def test_administrator_builds_a_tree(client, admin, retail, elsewhere):
    client.force_login(admin)
    form = {"name": "Warehouse", "parent": retail.pk}
    client.post(reverse("accounts:unit-create"), form)
    unit = Unit.objects.get(name="Warehouse")
    address = reverse("accounts:unit-move", args=[unit.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"parent": elsewhere.pk, "version": 1})
    unit.refresh_from_db()
    assert unit.parent == elsewhere
    address = reverse("accounts:unit-rename", args=[unit.pk])
    stale = client.post(address, {"name": "Depot", "version": 1})
    assert "Depot" in stale.content.decode()
    assert "in the meantime" in stale.content.decode()
    client.post(address, {"name": "Depot", "version": 2})
    client.post(reverse("accounts:unit-delete", args=[unit.pk]))
    assert not Unit.objects.filter(pk=unit.pk).exists()


def test_move_below_itself_is_explained(client, admin, retail, pricing):
    client.force_login(admin)
    page = client.post(
        reverse("accounts:unit-move", args=[retail.pk]), {"parent": pricing.pk}
    )
    assert "below itself" in page.content.decode()
