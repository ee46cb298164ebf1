"""Idempotency-Key: a repeated POST has one effect and one answer."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiToken, Unit
from riskbase.shared.api import idempotency
from riskbase.shared.api.models import IdempotencyKey
from riskbase.shared.audit.models import AuditEvent
from tests.factories.accounts import UserFactory

UNITS = "/api/v1/units/"
KEY = {"Idempotency-Key": "order-1"}


def test_repetition_gets_the_first_answer(admin, session_of):
    api = session_of(admin)
    first = api.post(UNITS, {"name": "Depot"}, headers=KEY)
    again = api.post(UNITS, {"name": "Depot"}, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    for header in ("ETag", "Location"):
        assert again[header] == first[header]
    assert again["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first
    assert Unit.objects.filter(name="Depot").count() == 1
    assert AuditEvent.objects.filter(verb="unit.created").count() == 1


def test_key_of_another_request_conflicts(admin, session_of):
    api = session_of(admin)
    api.post(UNITS, {"name": "Depot"}, headers=KEY)
    other = api.post(UNITS, {"name": "Yard"}, headers=KEY)
    assert (other.status_code, other.json()["code"]) == (409, "conflict")
    assert not Unit.objects.filter(name="Yard").exists()


def test_keys_belong_to_their_caller(admin, session_of):
    second = UserFactory(is_superuser=True)
    for person, name in ((admin, "Depot"), (second, "Yard")):
        answer = session_of(person).post(UNITS, {"name": name}, headers=KEY)
        assert answer.status_code == 201


def test_refused_request_may_be_repeated(admin, session_of):
    api = session_of(admin)
    assert api.post(UNITS, {"name": ""}, headers=KEY).status_code == 400
    assert not IdempotencyKey.objects.exists()
    assert api.post(UNITS, {"name": "Depot"}, headers=KEY).status_code == 201


def test_right_taken_away_is_not_replayed_over(admin, session_of):
    api = session_of(admin)
    api.post(UNITS, {"name": "Depot"}, headers=KEY)
    admin.is_active = False
    admin.save()
    assert api.post(UNITS, {"name": "Depot"}, headers=KEY).status_code == 401


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
def test_bad_key_is_invalid(admin, session_of, key):
    answer = session_of(admin).post(
        UNITS, {"name": "Depot"}, headers={"Idempotency-Key": key}
    )
    assert answer.status_code == 400
    assert not Unit.objects.filter(name="Depot").exists()


def test_reading_ignores_the_key(admin, session_of):
    assert session_of(admin).get(UNITS, headers=KEY).status_code == 200
    assert not IdempotencyKey.objects.exists()


def test_secret_of_a_token_is_not_kept(alice, session_of):
    body = {"name": "ci", "scopes": ["read"], "days": 3}
    made = session_of(alice).post("/api/v1/tokens/", body, headers=KEY)
    assert made.status_code == 201
    kept = b"".join(bytes(row.body) for row in IdempotencyKey.objects.all())
    assert made.json()["token"].encode() not in kept


def test_old_replies_are_forgotten(admin, session_of):
    session_of(admin).post(UNITS, {"name": "Depot"}, headers=KEY)
    assert idempotency.forget_before(timezone.now() - dt.timedelta(days=1)) == 0
    assert idempotency.forget_before(timezone.now()) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_have_one_effect():
    admin = UserFactory(username="admin", is_superuser=True)
    token = ApiToken.objects.create(user=admin, name="ci", scopes=["admin"])[1]
    gate = Barrier(8)

    def post(_number):
        api = APIClient()
        try:
            gate.wait(timeout=20)
            return api.post(
                UNITS,
                {"name": "Depot"},
                headers={**KEY, "Authorization": f"Bearer {token}"},
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(post, range(8)))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replay" in answer for answer in answers) == 7
    assert Unit.objects.filter(name="Depot").count() == 1
    assert AuditEvent.objects.filter(verb="unit.created").count() == 1
