"""Exceptions from gates on the result page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import GateOverride
from tests.projects.reviewing import gated_version, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(retail, carol):
    return submitted(retail, carol, gated_version(), split="none", stated="none")


def path(name, assessment, *args):
    return reverse(f"projects:{name}", args=[assessment.pk, *args])


def result(client, person, assessment):
    client.force_login(person)
    return client.get(path("assessment-result", assessment)).content.decode()


def ask(client, carol, assessment, days=30):
    client.force_login(carol)
    day = timezone.localdate() + dt.timedelta(days=days)
    sent = {"reason": "A pilot with one user", "expires_on": day.isoformat()}
    return client.post(path("assessment-override", assessment, "no_split"), sent)


def test_only_gates_that_can_be_lifted_offer_an_exception(client, assessment, carol):
    told = result(client, carol, assessment)
    assert path("assessment-override", assessment, "no_split") in told
    assert path("assessment-override", assessment, "unstated") not in told
    page = client.get(path("assessment-override", assessment, "no_split"))
    assert "There is no honest test." in page.content.decode()
    gone = client.get(path("assessment-override", assessment, "many"))
    assert gone.status_code == 404


def test_ask_approve_withdraw(client, assessment, bob, carol):
    assert ask(client, carol, assessment).status_code == 302
    row = GateOverride.objects.get()
    decide = path("override-decide", assessment, row.pk)
    assert client.post(decide, {"state": "approved"}).status_code == 403
    assert 'value="approved"' in result(client, bob, assessment)
    client.post(
        decide, {"state": "approved", "note": "One user", "version": row.version}
    )
    told = result(client, carol, assessment)
    assert 'data-override="approved"' in told
    assert "One user" in told
    client.post(decide, {"state": "withdrawn"})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert path("assessment-override", assessment, "no_split") in result(
        client, carol, assessment
    )


def test_a_date_too_far_keeps_what_was_typed(client, assessment, carol):
    refused = ask(client, carol, assessment, days=400)
    assert refused.status_code == 422
    assert "A pilot with one user" in refused.content.decode()


def test_an_expired_exception_says_since_when_it_does_not_count(
    client, assessment, bob, carol
):
    ask(client, carol, assessment)
    GateOverride.objects.update(
        state="approved", decided_by=bob, expires_on=dt.date(2026, 1, 31)
    )
    told = result(client, carol, assessment)
    assert "has not counted since" in told
    assert path("assessment-override", assessment, "no_split") in told


def test_a_step_that_is_not_there(client, assessment, bob, carol):
    ask(client, carol, assessment)
    decide = path("override-decide", assessment, GateOverride.objects.get().pk)
    client.force_login(bob)
    assert client.post(decide, {"state": "burnt"}).status_code == 404
    client.post(decide, {"state": "refused"})
    answered = client.post(decide, {"state": "approved"}, follow=True)
    assert "callout--danger" in answered.content.decode()
