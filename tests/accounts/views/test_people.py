"""Administrators open and close accounts."""

from django.urls import reverse


def test_list_is_for_administrators(client, alice, admin):
    address = reverse("accounts:person-list")
    client.force_login(alice)
    assert client.get(address).status_code == 403
    client.force_login(admin)
    assert "alice" in client.get(address, {"q": "ali"}).content.decode()
    assert client.get(address, {"cursor": "x"}).status_code == 404


def test_deactivate_asks_first(client, admin, carol):
    client.force_login(admin)
    address = reverse("accounts:person-change", args=[carol.pk, "deactivate"])
    assert client.get(address).status_code == 200
    client.post(address)
    carol.refresh_from_db()
    assert not carol.is_active


def test_last_administrator_is_told_why(client, admin):
    client.force_login(admin)
    address = reverse("accounts:person-change", args=[admin.pk, "deactivate"])
    page = client.post(address, follow=True)
    assert "only administrator" in page.content.decode()
    other = reverse("accounts:person-change", args=[admin.pk, "delete"])
    assert client.get(other).status_code == 404
