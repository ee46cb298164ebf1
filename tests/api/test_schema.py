"""The served schema is true: every operation answers as it says it does.

Requests go to the WSGI application in this process, in transactions that are rolled
back: what the generated requests create, change and delete is gone after each test.
"""

import functools
import json
import random
from contextlib import contextmanager

import pytest
import schemathesis
import werkzeug.test
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.specs.openapi import checks

from accounts.models import User
from accounts.services.tokens import create_token
from riskbase.wsgi import application
from tests.journeys.examples import MAKE

SCHEMA = "/api/v1/schema/"
EXAMPLES = 15
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@functools.cache
def schema():
    return schemathesis.openapi.from_wsgi(SCHEMA, application)


def pytest_generate_tests(metafunc):
    if "operation" in metafunc.fixturenames:
        found = [result.ok() for result in schema().get_all_operations()]
        metafunc.parametrize("operation", found, ids=lambda one: one.label)


@contextmanager
def undone():
    """Roll back whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def one_connection():
    """Keep requests from closing the connection whose transaction they share."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker, one_connection):
    """Content and a small portfolio, gone after the module.

    Takes the place of pytest-django's fixture, which would load them for each test.
    """
    with django_db_blocker.unblock(), undone():
        call_command("load_content")
        call_command("ensure_admin")
        exec(compile(MAKE, "examples", "exec"), {})  # noqa: S102 - our own script
        yield


@pytest.fixture(scope="module")
def token(db):
    user = User.objects.create(
        username="fuzz", email="fuzz@example.org", is_superuser=True, is_staff=True
    )
    return create_token(by=user, name="fuzz", scopes=["admin"], days=1)[1]


@pytest.fixture(scope="module")
def known(token):
    """Return the ids of rows that exist, by the path of their list."""
    # Django's own client would connect what `one_connection` disconnected.
    caller = werkzeug.test.Client(application)

    @functools.cache
    def known(path):
        answer = caller.get(path, headers={"Authorization": f"Bearer {token}"})
        if answer.status_code != 200:
            return []
        rows = answer.json
        rows = rows.get("results", []) if isinstance(rows, dict) else rows
        return [row for row in rows if isinstance(row, dict)]

    return known


def aim(case, known, chance):
    """Replace random ids in the path by ones that exist, every other time."""
    if chance.random() < 0.25:
        return
    path = "/"
    for part in case.operation.path.strip("/").split("/"):
        value = part
        if part.startswith("{"):
            name = part.strip("{}")
            rows = known(path)
            keys = [key for key in (name, "id", "slug") if rows and key in rows[0]]
            if not keys:
                return
            value = case.path_parameters[name] = chance.choice(rows)[keys[0]]
        path += f"{value}/"


def test_schema_is_valid_and_complete(capsys):
    call_command("spectacular", "--validate", "--fail-on-warn")
    assert "openapi: 3.1.0" in capsys.readouterr().out


def test_schema_is_served_to_everybody():
    answer = Client().get(
        SCHEMA, headers={"Accept": "application/vnd.oai.openapi+json"}
    )
    assert answer.status_code == 200
    served = json.loads(answer.content)
    assert served["openapi"].startswith("3.1")
    assert served["paths"]


def test_operation_answers_as_documented(operation, token, known):
    chance = random.Random(operation.label)  # noqa: S311 - the same every time

    @seed(20261)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case):
        aim(case, known, chance)
        with undone():
            case.call_and_validate(
                headers={"Authorization": f"Bearer {token}"}, checks=CHECKS
            )

    ask()
