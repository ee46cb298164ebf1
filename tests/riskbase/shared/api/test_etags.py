"""Entity tags: reading again costs nothing, writing over others is refused."""

import pytest

from accounts.models import Unit

ME = "/api/v1/me/"


@pytest.fixture
def address(retail):
    return f"/api/v1/units/{retail.pk}/"


def test_reader_who_holds_it_gets_no_body(alice, address, session_of):
    api = session_of(alice)
    tag = api.get(address)["ETag"]
    again = api.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == tag
    weak = api.get(address, headers={"If-None-Match": f'"other", W/{tag}'})
    assert weak.status_code == 304
    assert api.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_tag_names_representation_and_language_apart(alice, address, session_of):
    api = session_of(alice)
    whole, part = api.get(address), api.get(address, {"fields": "name"})
    assert whole["ETag"] != part["ETag"]
    assert whole["ETag"].split(".")[0] == part["ETag"].split(".")[0]


def test_lists_and_reports_have_tags(alice, session_of):
    api = session_of(alice)
    for path in ("/api/v1/units/", ME):
        tag = api.get(path)["ETag"]
        assert api.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_change_needs_the_version_that_was_read(admin, address, retail, session_of):
    api, change = session_of(admin), {"name": "Shops"}
    assert api.patch(address, change).status_code == 428
    stale = api.patch(address, change, headers={"If-Match": '"of-old-9.abc"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert Unit.objects.get(pk=retail.pk).name == "Retail"


def test_any_representation_of_the_version_permits(admin, address, session_of):
    api = session_of(admin)
    tag = api.get(address, {"fields": "name"})["ETag"]
    changed = api.patch(address, {"name": "Shops"}, headers={"If-Match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag
    again = api.patch(address, {"name": "Stores"}, headers={"If-Match": tag})
    assert again.status_code == 412
    newest = {"If-Match": changed["ETag"]}
    assert api.patch(address, {"name": "Stores"}, headers=newest).status_code == 200


def test_star_permits_whatever_is_there(admin, address, session_of):
    answer = session_of(admin).patch(
        address, {"name": "Shops"}, headers={"If-Match": "*"}
    )
    assert answer.status_code == 200


def test_malformed_tags_never_permit(admin, address, session_of):
    api = session_of(admin)
    for header in ("", ",", '""', ".", "W/", '"', "ü".encode().decode("latin-1")):
        answer = api.patch(address, {"name": "X"}, headers={"If-Match": header})
        assert answer.status_code == 412, header


def test_refused_right_comes_before_the_version(alice, address, session_of):
    assert session_of(alice).patch(address, {"name": "X"}).status_code == 403
