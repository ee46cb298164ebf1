"""Cursors, page sizes, orderings, totals."""

import pytest

from tests.factories.accounts import UnitFactory
from tests.factories.projects import ProjectFactory

UNITS = "/api/v1/units/"


@pytest.fixture
def shops(retail, alice):
    """Return a page's worth and more of units that alice sees, retail among them."""
    return [UnitFactory(name=f"Shop {n:02}", parent=retail) for n in range(12)]


def pages(api, **query):
    """Follow `next` to the end."""
    found, address = [], UNITS
    while address:
        body = api.get(address, query).json()
        found.append([row["name"] for row in body["results"]])
        address, query = body["next"], {}
    return found


def test_cursor_walks_every_row_once(alice, shops, session_of):
    names = [name for page in pages(session_of(alice), page_size=5) for name in page]
    assert names == sorted(names)
    assert len(names) == len(set(names)) == 13


def test_previous_leads_back(alice, shops, session_of):
    api = session_of(alice)
    first = api.get(UNITS, {"page_size": 5}).json()
    assert first["previous"] is None
    second = api.get(first["next"]).json()
    assert api.get(second["previous"]).json()["results"] == first["results"]


def test_cursor_survives_insertion_before_it(alice, retail, shops, session_of):
    api = session_of(alice)
    first = api.get(UNITS, {"page_size": 5}).json()
    UnitFactory(name="A first shop", parent=retail)
    second = api.get(first["next"]).json()
    assert second["results"][0]["name"] > first["results"][-1]["name"]


def test_ordering_is_kept_and_only_offered_ones_taken(alice, shops, session_of):
    api = session_of(alice)
    newest = api.get(UNITS, {"ordering": "-created", "page_size": 3}).json()
    assert newest["results"][0]["name"] == "Shop 11"
    following = api.get(newest["next"]).json()
    assert following["results"][0]["name"] == "Shop 08"
    refused = api.get(UNITS, {"ordering": "parent__name"})
    assert refused.json()["errors"][0]["pointer"] == "/ordering"


def test_cursor_of_another_ordering_is_refused(alice, shops, session_of):
    api = session_of(alice)
    following = api.get(UNITS, {"page_size": 5}).json()["next"]
    assert api.get(f"{following}&ordering=-created").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "nonsense"},
        {"cursor": "W10"},
        {"cursor": "\x00"},
        {"page_size": "0"},
        {"page_size": "201"},
        {"page_size": "-1"},
        {"page_size": "٣"},
        {"page_size": "1e3"},
        {"count": "yes"},
    ],
)
def test_nonsense_is_a_problem(alice, session_of, query):
    answer = session_of(alice).get(UNITS, query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(query))}"


def test_total_only_on_request(alice, shops, session_of):
    api = session_of(alice)
    assert "count" not in api.get(UNITS).json()
    assert api.get(UNITS, {"count": "exact", "page_size": 2}).json()["count"] == 13


def test_fields_choose_what_is_sent(alice, shops, session_of):
    row = session_of(alice).get(UNITS, {"fields": "name"}).json()["results"][0]
    assert set(row) == {"id", "name"}


def test_fields_that_do_not_exist_are_refused(alice, shops, session_of):
    answer = session_of(alice).get(UNITS, {"fields": "password,name"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/fields"


def test_next_page_keeps_repeated_filters(admin, session_of):
    for _ in range(3):
        ProjectFactory()
    wanted = {"state": ["active", "closed"], "page_size": 1}
    following = session_of(admin).get("/api/v1/projects/", wanted).json()["next"]
    assert "state=active&state=closed" in following


@pytest.mark.parametrize("size", ["0", "201", "9" * 5000, "000001" + "9" * 5000])
def test_size_out_of_range_is_invalid(admin, session_of, size):
    assert session_of(admin).get(UNITS, {"page_size": size}).status_code == 400
