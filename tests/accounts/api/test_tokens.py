"""The life of a token, over HTTP."""

import datetime as dt

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiToken
from accounts.services.tokens import create_token
from riskbase.shared.api.models import IdempotencyKey

ME = "/api/v1/me/"


def bearing(secret):
    return APIClient(headers={"Authorization": f"Bearer {secret}"})


def test_token_works_until_revoked(carol):
    assert APIClient().get(ME).status_code == 401
    _, secret = create_token(by=carol, name="laptop", scopes=["admin"], days=1)
    api = bearing(secret)
    made = api.post(
        "/api/v1/tokens/",
        {"name": "ci", "scopes": ["read"], "days": 7},
        headers={"Idempotency-Key": "k-1"},
    )
    assert made.status_code == 201
    body = made.json()
    child = bearing(body["token"])
    assert child.get(ME).json()["username"] == "carol"
    assert api.get("/api/v1/tokens/").json()["results"][0].keys().isdisjoint({"token"})
    assert api.delete(f"/api/v1/tokens/{body['id']}/").status_code == 204
    assert child.get(ME).status_code == 401


def test_secret_is_not_kept_for_replay(carol):
    _, secret = create_token(by=carol, name="laptop", scopes=["admin"], days=1)
    bearing(secret).post(
        "/api/v1/tokens/",
        {"name": "ci", "scopes": ["read"]},
        headers={"Idempotency-Key": "k-2"},
    )
    assert not IdempotencyKey.objects.exists()


def test_token_stops_when_expired(carol):
    token, secret = create_token(by=carol, name="laptop", scopes=["read"], days=1)
    ApiToken.objects.filter(pk=token.pk).update(
        expiry=timezone.now() - dt.timedelta(seconds=1)
    )
    assert bearing(secret).get(ME).status_code == 401


def test_token_of_closed_account_stops(carol):
    _, secret = create_token(by=carol, name="laptop", scopes=["read"], days=1)
    carol.is_active = False
    carol.save()
    assert bearing(secret).get(ME).status_code == 401


@pytest.mark.parametrize("scope", ["read", "projects:write", "reports:read"])
def test_narrow_scope_is_refused(carol, scope):
    _, secret = create_token(by=carol, name="laptop", scopes=[scope], days=1)
    answer = bearing(secret).patch(ME, {"language": "ru"})
    assert answer.status_code == 403
    more = bearing(secret).post("/api/v1/tokens/", {"name": "x", "scopes": ["admin"]})
    assert more.status_code == 403


def test_others_token_is_not_found(carol, bob):
    token, _ = create_token(by=bob, name="his", scopes=["read"], days=1)
    _, secret = create_token(by=carol, name="mine", scopes=["admin"], days=1)
    assert bearing(secret).delete(f"/api/v1/tokens/{token.id}/").status_code == 404
