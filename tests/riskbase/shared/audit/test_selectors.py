"""What of the trail is shown to whom."""

from riskbase.shared.audit import trail
from riskbase.shared.audit.selectors import changes_of, events_visible_to, target_types


def test_changes_pair_both_sides(retail):
    event = trail.record(
        by=None,
        verb="x.changed",
        target=retail,
        before={"a": 1, "b": 2},
        after={"a": 1, "b": 3},
    )
    (change,) = changes_of(event)
    assert (change.name, change.before, change.after) == ("b", 2, 3)


def test_events_are_for_administrators(admin, alice, retail):
    trail.record(by=alice, verb="x.changed", target=retail)
    assert events_visible_to(admin).exists()
    assert not events_visible_to(alice).exists()
    admin.is_active = False
    assert not events_visible_to(admin).exists()


def test_target_types_are_ours():
    names = dict(target_types())
    assert "accounts.unit" in names
    assert "sessions.session" not in names
