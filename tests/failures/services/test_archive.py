import pytest

from failures.models import Postmortem
from failures.services import archive, parts
from riskbase.shared.events.models import OutboxEvent
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


def test_archived_record_counts_but_is_no_precedent(retail, alice):
    row = PostmortemFactory(unit=retail, published=True)
    archive.set_aside(postmortem=row, by=alice, reason="Of another time")
    assert row in Postmortem.objects.published()
    assert row not in Postmortem.objects.precedents()
    assert OutboxEvent.objects.filter(topic="postmortem.changed").exists()
    archive.take_back(postmortem=row, by=alice)
    assert row in Postmortem.objects.precedents()


def test_only_what_is_published_is_archived(retail, alice):
    draft = PostmortemFactory(unit=retail)
    with pytest.raises(parts.WrongState):
        archive.set_aside(postmortem=draft, by=alice)
    with pytest.raises(parts.WrongState):
        archive.take_back(postmortem=draft, by=alice)
