import pytest

from failures.selectors.sealed_events import sealed
from riskbase.shared.audit import trail
from riskbase.shared.audit.selectors import withheld
from tests.factories.accounts import UserFactory
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db


def event(target, by, verb):
    return trail.record(by=by, verb=verb, target=target, after={"cause": "leakage"})


def test_contents_of_codings_are_withheld_from_others_while_sealed(retail, alice):
    admin = UserFactory(is_superuser=True)
    hidden = PostmortemFactory(unit=retail, causes_sealed=True)
    shown = PostmortemFactory(unit=retail)
    verbs = ("coding_added", "second_coding_changed", "action_added", "timeline_added")
    events = [event(row, alice, verb) for row in (hidden, shown) for verb in verbs]
    assert sealed(admin, events) == {each.pk for each in events[:3]}
    assert withheld(admin, events) == {each.pk for each in events[:3]}
    assert sealed(alice, events) == set()
    assert sealed(admin, []) == set()
