"""Each reminder is sent once, whoever runs the job and however often."""

import datetime as dt
import threading
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import connection
from django.utils import timezone

from projects.models import Project, Reminder
from projects.services import reminders
from projects.services.reminders import due_projects, remind
from riskbase.shared.events.models import OutboxEvent
from riskbase.shared.jobs import queue
from riskbase.shared.jobs.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory

TODAY = dt.date(2026, 5, 1)


def in_days(days):
    return TODAY + dt.timedelta(days=days)


@pytest.fixture
def project(retail, alice):
    alice.email = "alice@example.org"
    alice.language = "ru"
    alice.save()
    return ProjectFactory(unit=retail, owner=alice, reassess_on=in_days(14))


def run(today=TODAY):
    reminders.want(today)
    job = Job.objects.get(kind=reminders.KIND, key=today.isoformat())
    running = queue.Running(queue.claim(str(job.pk), now=timezone.now()))
    told = reminders.run(running=running)
    Job.objects.filter(pk=job.pk).delete()
    return told


@pytest.mark.django_db
def test_the_owner_is_told_in_their_language_once_before_and_once_after(project):
    assert run() == {"due": 1, "sent": 1}
    (message,) = mail.outbox
    assert message.to == ["alice@example.org"]
    assert project.name in message.subject
    assert f"/projects/{project.pk}/" in message.body
    assert "Проект" in message.body
    assert run()["sent"] == 0
    assert run(in_days(14))["sent"] == 0
    assert run(in_days(15))["sent"] == 1
    assert run(in_days(40))["sent"] == 0
    assert [row.is_overdue for row in Reminder.objects.order_by("id")] == [False, True]
    assert OutboxEvent.objects.filter(topic="project.reassessment_due").count() == 2


@pytest.mark.django_db
def test_another_date_is_another_reminder(project):
    run()
    Project.objects.filter(pk=project.pk).update(reassess_on=in_days(10))
    assert run()["sent"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"state": "closed", "current_outcome": "failed"},
        {"reassess_on": None},
        {"reassess_on": in_days(15)},
        {"is_demo": True},
    ],
)
def test_nobody_is_told_of_what_is_not_due(project, change):
    Project.objects.filter(pk=project.pk).update(**change)
    assert run() == {"due": 0, "sent": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_owners_who_cannot_read_it_are_left_alone(project, change):
    type(project.owner).objects.filter(pk=project.owner_id).update(**change)
    assert run() == {"due": 1, "sent": 0}


@pytest.mark.django_db
def test_an_owner_who_left_the_unit_is_left_alone(project):
    stranger = UserFactory(email="gone@example.org")
    Project.objects.filter(pk=project.pk).update(owner=stranger)
    assert run()["sent"] == 0
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(project):
    project = Project.objects.select_related("owner", "unit").get(pk=project.pk)
    start, sent = threading.Barrier(2), []

    def work():
        try:
            start.wait()
            sent.append(remind(project, TODAY))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(sent) == [False, True]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_an_address_that_is_refused_keeps_nobody_else_waiting(
    project, retail, bob, settings
):
    bob.email = "bob@example.org"
    bob.save()
    ProjectFactory(unit=retail, owner=bob, reassess_on=in_days(3))
    settings.EMAIL_BACKEND = "tests.projects.services.test_reminders.Refusing"
    with pytest.raises(SMTPException):
        run()
    assert [row.person for row in Reminder.objects.all()] == [bob]


class Refusing(LocmemBackend):
    """A mail server that does not take mail for Alice."""

    def send_messages(self, messages):
        if messages[0].to == ["alice@example.org"]:
            raise SMTPException
        return super().send_messages(messages)


@pytest.mark.django_db
def test_due_projects_are_found_by_date(project, retail, alice):
    ProjectFactory(unit=retail, owner=alice, reassess_on=in_days(60))
    assert list(due_projects(TODAY)) == [project]
