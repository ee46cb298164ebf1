"""A list asks the database the same number of questions whatever its length.

The numbers stand in counts.json; RISKBASE_PIN_QUERIES=1 writes them anew.
"""

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.routes import routes_by_name
from tests.queries.filling import Filling
from tests.queries.lists import LISTS

COUNTS = Path(__file__).with_name("counts.json")
PINNED = json.loads(COUNTS.read_text()) if COUNTS.exists() else {}
SIZES = (1, 20, 200)


@pytest.fixture
def filling(retail, admin, alice):
    filled = Filling(unit=retail, admin=admin, alice=alice)
    filled.draft = filled._records(1)[0]
    filled.draft.state, filled.draft.published_at = "draft", None
    filled.draft.save()
    return filled


def address(one, filling):
    arguments = {
        name: what[1:] if what.startswith("=") else getattr(filling, what).pk
        for name, what in one.fills.items()
    }
    return reverse(one.route, kwargs=arguments)


@pytest.mark.django_db
@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_list_asks_no_more_for_more_rows(one, client, filling):
    client.force_login(getattr(filling, one.by))
    asked, told = {}, {}
    for size in SIZES:
        filling.up_to(one.rows, size)
        analyze()
        path = address(one, filling)
        assert client.get(path, one.query).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            length = len(client.get(path, one.query).getvalue())
        asked[size] = [query["sql"] for query in captured]
        told[size] = length
    counts = {size: len(queries) for size, queries in asked.items()}
    # Fewer are fine: a search that finds enough compares no titles.
    assert counts[1] >= counts[20] >= counts[200], repeated(asked, counts)
    assert told[1] < told[20] or one.is_short, "the rows do not show"
    pin(one.name, counts[1])
    assert counts[1] == PINNED.get(one.name), "pin it: RISKBASE_PIN_QUERIES=1"


def analyze():
    """Tell the planner of the rows: it may have looked while the tables were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def repeated(asked, counts):
    """Say which queries came on top."""
    first = [sql[:300] for sql in asked[SIZES[0]]]
    more = [sql[:300] for sql in asked[20] if sql[:300] not in first]
    return "\n".join([str(counts), *more[:6]])


def pin(name, count):
    if os.environ.get("RISKBASE_PIN_QUERIES"):
        PINNED[name] = count
        COUNTS.write_text(json.dumps(PINNED, indent=2, sort_keys=True) + "\n")


def test_every_list_is_measured():
    names = {one.route for one in LISTS}
    routes = {name for name in routes_by_name() if name.endswith(("-list", "register"))}
    assert routes - names == set(), "lists nobody measures"
    assert names <= routes_by_name().keys(), "lists without a route"


def test_pinned_numbers_are_of_lists():
    assert PINNED.keys() == {one.name for one in LISTS}
