from decimal import Decimal

import pytest

from failures.services import upserts
from riskbase.shared.audit.models import AuditEvent
from tests.factories.failures import PracticeFactory

pytestmark = pytest.mark.django_db


def test_differing_names_only_what_changes():
    practice = PracticeFactory(effect=Decimal("0.30"))
    values = {"effect": Decimal("0.30"), "kind": "detect"}
    assert upserts.differing(practice, values) == {"kind": "detect"}
    upserts.apply(practice, {"kind": "detect"})
    practice.refresh_from_db()
    assert practice.kind == "detect"


def test_record_creations_writes_one_event_per_row():
    rows = [PracticeFactory(), PracticeFactory()]
    upserts.record_creations(by=None, verb="practice_loaded", rows=rows)
    assert AuditEvent.objects.filter(verb="practice_loaded").count() == 2
