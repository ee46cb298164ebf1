import datetime as dt

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from riskbase.shared.audit import trail
from riskbase.shared.audit.models import AuditEvent


@pytest.mark.django_db
def test_record_keeps_only_what_changed(alice, retail):
    event = trail.record(
        by=alice,
        verb="renamed",
        target=retail,
        before={"name": "Retail", "on": dt.date(2026, 1, 2)},
        after={"name": "Shops", "on": dt.date(2026, 1, 2)},
    )
    assert (event.before, event.after) == ({"name": "Retail"}, {"name": "Shops"})
    assert event.actor_name == "alice"


@pytest.mark.django_db
def test_database_refuses_to_change_or_delete_the_trail(alice, retail):
    event = trail.record(by=alice, verb="seen", target=retail)
    with pytest.raises(ProgrammingError), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(verb="unseen")
    with pytest.raises(ProgrammingError), transaction.atomic():
        event.delete()
    assert AuditEvent.objects.filter(pk=event.pk, verb="seen").exists()
