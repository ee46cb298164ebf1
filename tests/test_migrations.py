"""Migrations: complete, reversible app by app, and named for what they do."""

import os
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
OWN = ("shared", "accounts", "failures", "projects", "portfolio")
ALIAS = "scratch"


@pytest.fixture(scope="module")
def scratch(django_db_modify_db_settings, django_db_blocker):
    """A database of its own, migrated; the tests' own one stays untouched."""
    ours = connections.settings["default"]
    connections.settings[ALIAS] = {
        **ours,
        "TEST": {**ours["TEST"], "NAME": f"test_migrations_{os.getpid()}"},
    }
    with django_db_blocker.unblock():
        creation = connections[ALIAS].creation
        creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield connections[ALIAS]
        creation.destroy_test_db(old_database_name=ours["NAME"], verbosity=0)
        connections[ALIAS].close()
    del connections[ALIAS]
    del connections.settings[ALIAS]


def test_models_have_no_change_without_migration(scratch):
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_apps_migrate_to_zero_one_after_another_and_back(scratch):
    """Dependents first, so that every migration is undone once and done again once."""
    before = {app: tables_of(scratch, app) for app in OWN}
    assert all(before.values())
    for app in reversed(OWN):
        call_command("migrate", app, "zero", database=ALIAS, verbosity=0)
        assert not tables_of(scratch, app), app
    call_command("migrate", database=ALIAS, verbosity=0)
    assert {app: tables_of(scratch, app) for app in OWN} == before


def tables_of(connection, app):
    prefix = f"{app}_"
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return {name for name in names if name.startswith(prefix)}


def test_triggers_come_back_with_the_tables(scratch):
    with scratch.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%'"
        )
        (triggers,) = cursor.fetchone()
    declared = [
        trigger
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
    ]
    assert triggers == len(declared) > 0


@pytest.mark.parametrize("app", OWN)
def test_migrations_are_numbered_and_named(app):
    folder = Path(apps.get_app_config(app).path) / "migrations"
    names = sorted(path.stem for path in folder.glob("[0-9]*.py"))
    numbers = [int(name[:4]) for name in names]
    assert numbers == list(range(1, len(names) + 1)), "gaps or twins"
    unnamed = [name for name in names if re.search(r"_auto_|_\d{8}_|^\d{4}$", name)]
    assert not unnamed
