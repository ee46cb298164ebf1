import datetime as dt

import pytest

from failures.models import Postmortem
from failures.services import incidents
from riskbase.shared.events.models import OutboxEvent

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def incident(number=23, on=dt.date(2017, 11, 8), title="Shuttle collided"):
    return incidents.Incident(number, on, title, "It met a truck.", "Keolis")


def test_store_makes_published_restricted_records_and_one_event():
    incidents.store(incidents=[incident(1), incident(2)], unit=None, at=NOW)
    rows = Postmortem.objects.filter(state="published", visibility="restricted")
    assert rows.count() == 2
    event = OutboxEvent.objects.get()
    assert event.payload == {"imported": 2}


def test_plan_tells_what_store_would_do():
    incidents.store(incidents=[incident(1), incident(2)], unit=None, at=NOW)
    wanted = [incident(1), incident(2, on=dt.date(2018, 1, 1)), incident(3)]
    planned = incidents.plan(incidents=wanted)
    assert (planned.created, planned.updated, planned.unchanged) == (1, 1, 1)
    assert incidents.store(incidents=wanted, unit=None, at=NOW) == planned
    moved = Postmortem.objects.get(external_id="aiid:2")
    assert (moved.quarter, moved.version) == (2018 * 4, 2)


def test_stored_incident_keeps_its_first_unit(retail, elsewhere):
    incidents.store(incidents=[incident()], unit=retail, at=NOW)
    incidents.store(incidents=[incident(title="New")], unit=elsewhere, at=NOW)
    assert Postmortem.objects.get().unit == retail
