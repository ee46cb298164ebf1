"""The audit trail for administrators."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from riskbase.shared.audit import trail
from riskbase.shared.audit.models import AuditEvent


def test_trail_is_for_administrators(client, alice):
    client.force_login(alice)
    assert client.get(reverse("audit:event-list")).status_code == 403


def test_list_narrows(client, admin, alice, retail):
    trail.record(by=alice, verb="unit.renamed", target=retail, after={"name": "x"})
    trail.record(by=None, verb="user.created", target=alice)
    client.force_login(admin)
    address = reverse("audit:event-list")
    today = timezone.now().date()
    for wanted, verbs in [
        ({}, ["user.created", "unit.renamed"]),
        ({"actor": "Alice"}, ["unit.renamed"]),
        ({"verb": "user."}, ["user.created"]),
        ({"target_type": "accounts.unit"}, ["unit.renamed"]),
        ({"since": today + dt.timedelta(days=2)}, []),
        ({"until": today + dt.timedelta(days=2)}, ["user.created", "unit.renamed"]),
    ]:
        page = client.get(address, wanted)
        shown = [event.verb for event in page.context["page"].items]
        assert [verb for verb in shown if verb != "user.signed_in"] == verbs


def test_detail_shows_both_sides(client, admin, retail):
    event = trail.record(
        by=admin,
        verb="unit.renamed",
        target=retail,
        before={"name": "Retail"},
        after={"name": "Shops"},
    )
    client.force_login(admin)
    page = client.get(reverse("audit:event-detail", args=[event.pk])).content.decode()
    assert "Retail" in page
    assert "Shops" in page


def test_list_asks_the_same_number_of_queries(
    client, admin, retail, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(admin)
    trail.record(by=admin, verb="unit.renamed", target=retail)
    with django_assert_max_num_queries(10) as few:
        client.get(reverse("audit:event-list"))
    for _ in range(60):
        trail.record(by=admin, verb="unit.renamed", target=retail)
    with django_assert_num_queries(len(few)):
        page = client.get(reverse("audit:event-list"))
    following = client.get(
        reverse("audit:event-list"), {"cursor": page.context["page"].next}
    )
    assert len(following.context["page"].items) == AuditEvent.objects.count() - 50
