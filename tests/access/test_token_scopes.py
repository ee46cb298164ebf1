"""A token does what its person may and its scopes say, on every route of the API."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import API_SCOPES
from accounts.services.tokens import create_token
from tests.access.matrix import TABLE
from tests.access.routes import routes_by_name

pytestmark = pytest.mark.django_db
ROUTES = routes_by_name()
PUBLIC = {"api-schema", "api-docs"}
NAMES = sorted(
    name for name, route in ROUTES.items() if route.is_api and name not in PUBLIC
)
PROJECTS = ("api-project", "api-outcome", "api-mitigation")
READING = {
    "api-report": {"reports:read"},
    "api-job": {"reports:read"},
    "api-assessment": {"projects:write"},
    "api-questionnaire": {"questionnaires:write"},
    "api-backtest": {"questionnaires:write"},
    **{key: {"projects:write"} for key in PROJECTS},
}
"""Beginning of a route's name -> scopes that read it, besides `read` and `admin`."""
WRITING = {
    **{key: {"projects:write"} for key in (*PROJECTS, "api-assessment")},
    "api-postmortem": {"postmortems:write"},
    "api-import": {"postmortems:write"},
    "api-proposal": {"postmortems:write"},
    "api-questionnaire": {"questionnaires:write"},
    "api-report-refresh": {"reports:read"},
    # It makes a record and ties it to the project.
    "api-outcome-postmortem": {"projects:write", "postmortems:write"},
}
"""Beginning of a route's name -> scopes that write there, besides `admin`."""


def scopes_for(name, method):
    table = READING if method == "GET" else WRITING
    fitting = max((key for key in table if name.startswith(key)), key=len, default="")
    always = {"admin", "read"} if method == "GET" else {"admin"}
    return always | table.get(fitting, set())


@pytest.fixture(scope="module")
def tokens(world):
    """A token of the administrator with each single scope."""
    made = {}
    for scope in API_SCOPES:
        by = world.people["admin"]
        _row, made[scope] = create_token(by=by, name=scope, scopes=[scope], days=1)
    return made


def admitting(name, world):
    """Return method -> (path, body) of a case in which the administrator may."""
    found = {}
    for case in TABLE[name]:
        places = world.places_of(case.fills.values())
        arguments = world.arguments(case.fills, places[0]) | dict(case.literal)
        for method, act in case.acts.items():
            body = act.body(world, places[0]) if act.body else {}
            if method not in found or {"admin", "signed in"} & act.allowed:
                found[method] = (reverse(name, kwargs=arguments), body)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_scope_opens_and_closes_the_route(name, world, tokens):
    wrong = []
    for method, (path, body) in admitting(name, world).items():
        for scope, secret in tokens.items():
            code = status_of(secret, method, path, body)
            fits = scope in scopes_for(name, method)
            if fits == (code == 403) or code == 401 or code >= 500:
                wrong.append(f"{method} with {scope}: {code}")
    assert not wrong


def status_of(secret, method, path, body):
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {secret}", "If-Match": "*"}
    options = {"headers": headers}
    if method != "GET":
        options |= {"data": body, "content_type": "application/json"}
    with transaction.atomic():
        answer = getattr(client, method.lower())(path, **options)
        transaction.set_rollback(True)
    return answer.status_code
