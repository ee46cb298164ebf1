"""Making and revoking tokens by page."""

from django.urls import reverse

from accounts.models import ApiToken
from accounts.services.tokens import create_token


def test_create_shows_the_secret_once(client, carol):
    client.force_login(carol)
    form = {"name": "ci", "scopes": ["read", "projects:write"], "days": "30"}
    page = client.post(reverse("accounts:token-create"), form)
    assert "rbk_" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    token = ApiToken.objects.get()
    assert token.scopes == ["projects:write", "read"]
    listed = client.get(reverse("accounts:token-list")).content.decode()
    assert token.token_key in listed


def test_revoke_others_token_is_not_found(client, carol, bob):
    token, _ = create_token(by=bob, name="his", scopes=["read"], days=1)
    client.force_login(carol)
    address = reverse("accounts:token-revoke", args=[token.id])
    assert client.post(address).status_code == 404
    client.force_login(bob)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert not ApiToken.objects.exists()
