"""Scopes of tokens: what the person may do, and the token says."""

import datetime as dt

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiToken

UNITS = "/api/v1/units/"
ME = "/api/v1/me/"


def test_reading_token_reads_and_does_not_write(admin, bearer_of):
    api = bearer_of(admin, "read")
    assert api.get(UNITS).status_code == 200
    assert api.post(UNITS, {"name": "Depot"}).status_code == 403
    assert api.patch(ME, {"language": "ru"}).status_code == 403


def test_token_for_everything_does_what_the_person_may(alice, admin, bearer_of):
    assert bearer_of(admin, "admin").post(UNITS, {"name": "D"}).status_code == 201
    assert bearer_of(alice, "admin").post(UNITS, {"name": "E"}).status_code == 403


def test_token_for_reports_reads_nothing_else(admin, bearer_of):
    api = bearer_of(admin, "reports:read")
    assert api.get(UNITS).status_code == 403
    assert api.get("/api/v1/audit-events/").status_code == 403


@pytest.mark.parametrize("scope", ["projects:write", "postmortems:write"])
def test_writing_token_alone_reads_no_units(admin, bearer_of, scope):
    api = bearer_of(admin, scope)
    assert api.get(UNITS).status_code == 403
    assert api.post(UNITS, {"name": "D"}).status_code == 403


def test_token_makes_no_stronger_token(admin, bearer_of):
    body = {"name": "more", "scopes": ["admin"], "days": 1}
    for scope in ("read", "projects:write"):
        answer = bearer_of(admin, scope).post("/api/v1/tokens/", body)
        assert answer.status_code == 403


def test_expired_revoked_and_invented_tokens_are_nobody(alice, bearer_of):
    api = bearer_of(alice, "read")
    assert api.get(ME).status_code == 200
    ApiToken.objects.update(expiry=timezone.now() - dt.timedelta(seconds=1))
    assert api.get(ME).status_code == 401
    invented = APIClient()
    invented.credentials(HTTP_AUTHORIZATION="Bearer rbk_" + "a" * 64)
    assert invented.get(ME).status_code == 401


def test_use_is_remembered_by_the_minute(alice, bearer_of):
    api = bearer_of(alice, "read")
    api.get(ME)
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    api.get(ME)
    assert ApiToken.objects.get().last_used_at == first


def test_session_writes_only_with_csrf_token(admin, session_of):
    api = session_of(admin, enforce_csrf_checks=True)
    assert api.get(UNITS).status_code == 200
    refused = api.post(UNITS, {"name": "Depot"})
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
