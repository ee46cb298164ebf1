"""Each reminder of a follow-up is sent once, to who is to do it."""

import datetime as dt
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.utils import timezone

from failures.models import ActionItem, ActionReminder, Postmortem
from failures.services import reminders
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.failures import PostmortemFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 1)


def in_days(days):
    return TODAY + dt.timedelta(days=days)


@pytest.fixture
def action(retail, alice, carol):
    for person, language in ((alice, "zh-hans"), (carol, "ru")):
        person.email, person.language = f"{person.username}@example.org", language
        person.save()
    return ActionItem.objects.create(
        postmortem=PostmortemFactory(unit=retail, author=alice, published=True),
        text="Split by part number",
        kind="prevent",
        owner=carol,
        due_on=in_days(7),
    )


def run(today=TODAY):
    reminders.want(today)
    job = Job.objects.get(kind=reminders.KIND, key=today.isoformat())
    running = queue.Running(queue.claim(str(job.pk), now=timezone.now()))
    told = reminders.run(running=running)
    Job.objects.filter(pk=job.pk).delete()
    return told


def test_owner_is_told_in_their_language_once_before_and_once_after(action):
    assert run() == {"due": 1, "sent": 1}
    (message,) = mail.outbox
    assert message.to == ["carol@example.org"]
    assert "Split by part number" in message.subject
    assert f"/post-mortems/{action.postmortem_id}/#actions" in message.body
    assert "поручено вам" in message.body
    assert [run(in_days(day))["sent"] for day in (0, 7, 8, 30)] == [0, 0, 1, 0]
    assert [row.is_overdue for row in ActionReminder.objects.order_by("id")] == [
        False,
        True,
    ]


def test_author_is_told_of_what_is_nobodys(action):
    ActionItem.objects.update(owner=None)
    assert run()["sent"] == 1
    assert mail.outbox[0].to == ["alice@example.org"]
    assert action.postmortem.reference in mail.outbox[0].body


def test_another_date_is_another_reminder(action):
    run()
    ActionItem.objects.update(due_on=in_days(3))
    assert run()["sent"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"state": "done"},
        {"state": "wont_do", "refusal_reason": "No money."},
        {"due_on": None},
        {"due_on": in_days(8)},
    ],
)
def test_nobody_is_told_of_what_is_not_due(action, change):
    ActionItem.objects.update(**change)
    assert run() == {"due": 0, "sent": 0}


def test_demo_is_left_alone(action):
    Postmortem.objects.update(is_demo=True)
    assert run() == {"due": 0, "sent": 0}


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_who_cannot_read_mail_is_left_alone(action, change):
    type(action.owner).objects.filter(pk=action.owner_id).update(**change)
    assert run() == {"due": 1, "sent": 0}


def test_who_may_not_read_the_record_is_left_alone(action):
    ActionItem.objects.update(owner=UserFactory(email="gone@example.org"))
    assert run()["sent"] == 0
    assert mail.outbox == []


class Refusing(LocmemBackend):
    """Refuses one address, as a mail server does."""

    def send_messages(self, messages):
        if any("carol@example.org" in message.to for message in messages):
            raise SMTPException
        return super().send_messages(messages)


def test_one_refused_address_keeps_nobody_else_waiting(action, alice, settings):
    ActionItem.objects.create(
        postmortem=action.postmortem,
        text="Tell the shops",
        kind="learn",
        owner=alice,
        due_on=TODAY,
    )
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    with pytest.raises(SMTPException):
        run()
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]
    assert ActionReminder.objects.count() == 1
