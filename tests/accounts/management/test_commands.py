"""The first administrator, and tokens from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import ApiToken, Unit, User


def said(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_ensure_admin_creates_once(monkeypatch):
    monkeypatch.setenv("RISKBASE_ADMIN_PASSWORD", "from-outside-1")
    assert said("ensure_admin") == "created admin from-outside-1\n"
    assert said("ensure_admin") == "exists admin\n"
    assert User.objects.get().check_password("from-outside-1")
    assert [unit.name for unit in Unit.objects.all()] == ["Organization"]


@pytest.mark.django_db
def test_ensure_admin_makes_a_password(monkeypatch):
    monkeypatch.delenv("RISKBASE_ADMIN_PASSWORD", raising=False)
    created, name, password = said("ensure_admin").split()
    assert (created, name) == ("created", "admin")
    assert User.objects.get().check_password(password)


def test_api_token_prints_the_token_only(carol):
    line = said(
        "api_token", "carol", "--scope", "read", "--scope", "projects:write"
    ).strip()
    assert line.startswith("rbk_")
    assert ApiToken.objects.get().scopes == ["projects:write", "read"]


def test_api_token_of_nobody_is_refused(db):
    with pytest.raises(CommandError, match="nobody"):
        said("api_token", "nobody")
