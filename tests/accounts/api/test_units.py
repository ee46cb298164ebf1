"""Units, members, oneself and the audit trail over the API."""

import pytest
from rest_framework.test import APIClient

from accounts.models import Membership, Unit


def session_of(user):
    api = APIClient()
    api.force_login(user)
    return api


def test_me_tells_rights_and_takes_preferences(bob, pricing):
    api = session_of(bob)
    units = {unit["name"]: unit for unit in api.get("/api/v1/me/").json()["units"]}
    assert units["Pricing"]["roles"] == ["reviewer"]
    changed = api.patch("/api/v1/me/", {"language": "ru", "email": "x@example.org"})
    assert changed.json()["language"] == "ru"
    assert changed.json()["email"] == "bob@example.org"
    assert api.patch("/api/v1/me/", {"time_zone": "Mars/Base"}).status_code == 400


def test_units_are_scoped_and_hide_parents(alice, retail, pricing, elsewhere):
    api = session_of(alice)
    rows = {row["name"]: row for row in api.get("/api/v1/units/").json()["results"]}
    assert rows.keys() == {"Retail", "Pricing"}
    assert rows["Retail"]["parent"] is None
    assert rows["Pricing"]["parent"] == str(retail.pk)
    assert api.get(f"/api/v1/units/{elsewhere.pk}/").status_code == 404
    assert api.post("/api/v1/units/", {"name": "Mine"}).status_code == 403


def test_administrator_creates_and_moves(admin, retail, elsewhere):
    api = session_of(admin)
    made = api.post("/api/v1/units/", {"name": "Depot", "parent": str(retail.pk)})
    assert made.status_code == 201
    address = f"/api/v1/units/{made.json()['id']}/"
    change = {"name": "Warehouse", "parent": str(elsewhere.pk)}
    assert api.patch(address, change).status_code == 428
    moved = api.patch(address, change, headers={"If-Match": made["ETag"]})
    assert moved.status_code == 200
    assert Unit.objects.get(name="Warehouse").parent == elsewhere
    stale = api.patch(address, change, headers={"If-Match": made["ETag"]})
    assert stale.status_code == 412
    twice = api.post(
        "/api/v1/units/", {"name": "Retail", "parent": str(retail.parent_id)}
    )
    assert (twice.status_code, twice.json()["code"]) == (422, "unit_name_taken")


def test_members_by_manager_only(alice, vera, retail, charlie):
    address = f"/api/v1/units/{retail.pk}/members/"
    new = {"person": "charlie", "role": "viewer"}
    assert session_of(vera).post(address, new).status_code == 403
    assert session_of(charlie).get(address).status_code == 404
    api = session_of(alice)
    made = api.post(address, new)
    assert made.status_code == 201
    assert made.json()["username"] == "charlie"
    assert api.post(address, new | {"person": "nobody"}).status_code == 400
    assert api.delete(f"{address}{made.json()['id']}/").status_code == 204
    assert not Membership.objects.filter(user=charlie, unit=retail).exists()


def test_audit_events_by_target(admin, alice, retail):
    api = session_of(admin)
    api.post("/api/v1/units/", {"name": "Depot", "parent": str(retail.pk)})
    unit = Unit.objects.get(name="Depot")
    found = api.get("/api/v1/audit-events/", {"target_id": str(unit.pk)}).json()
    assert [event["verb"] for event in found["results"]] == ["unit.created"]
    event = found["results"][0]
    assert (event["via"], event["actor_name"]) == ("api", "admin")
    assert api.get(f"/api/v1/audit-events/{event['id']}/").status_code == 200
    assert session_of(alice).get("/api/v1/audit-events/").status_code == 403
    asked = {"actor": "alice", "verb": "unit."}
    by = api.get("/api/v1/audit-events/", asked).json()
    assert by["results"] == []


@pytest.mark.parametrize("path", ["me", "units", "tokens", "audit-events"])
def test_nobody_is_refused(db, path):
    assert APIClient().get(f"/api/v1/{path}/").status_code == 401
