"""A link lets in once, in time, whom it was meant for."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.selectors import invitation_by_token
from accounts.services.invitations import (
    Invitee,
    Newcomer,
    accept_invitation,
    create_invitation,
)
from riskbase.shared.errors import DomainError


def invited(retail, alice, email="new@example.org", at=None):
    return create_invitation(
        invitee=Invitee(email=email, unit=retail, role=Role.CONTRIBUTOR),
        by=alice,
        at=at or timezone.now(),
        link_for=lambda token: f"https://risk.example/invitation/{token}/",
    )


def test_accept_creates_member_once(retail, alice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invitation, link = invited(retail, alice, "New@Example.org")
    assert link in mail.outbox[0].body
    assert mail.outbox[0].to == ["new@example.org"]
    token = link.rstrip("/").split("/")[-1]
    assert token not in str(Invitation.objects.values().get())
    now = timezone.now()
    found = invitation_by_token(token, at=now)
    assert found == invitation
    newcomer = Newcomer(username="newbie", password="a long enough one")
    user = accept_invitation(invitation=found, newcomer=newcomer, at=now)
    assert user.email == "new@example.org"
    assert user.memberships.get().role == "contributor"
    assert invitation_by_token(token, at=now) is None
    with pytest.raises(DomainError) as refused:
        accept_invitation(invitation=found, newcomer=newcomer, at=now)
    assert refused.value.code == "invitation_closed"


def test_accept_after_two_weeks_is_refused(retail, alice):
    sent = timezone.now()
    invitation, link = invited(retail, alice, at=sent)
    late = sent + dt.timedelta(days=14)
    assert invitation_by_token(link.rstrip("/").split("/")[-1], at=late) is None
    with pytest.raises(DomainError):
        accept_invitation(
            invitation=invitation, newcomer=Newcomer("late", "secret words"), at=late
        )
    assert not User.objects.filter(username="late").exists()


def test_invite_again_replaces_the_link(retail, alice):
    invited(retail, alice)
    second, _ = invited(retail, alice)
    assert list(Invitation.objects.all()) == [second]


def test_invite_somebody_with_an_account_is_refused(retail, alice, carol):
    with pytest.raises(DomainError) as refused:
        invited(retail, alice, carol.email.upper())
    assert refused.value.code == "email_taken"


def test_accept_refuses_taken_username(retail, alice, carol):
    invitation, _ = invited(retail, alice)
    with pytest.raises(DomainError) as refused:
        accept_invitation(
            invitation=invitation,
            newcomer=Newcomer("Carol", "secret words"),
            at=timezone.now(),
        )
    assert refused.value.field == "username"


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("alice@example.org", "username_is_address"),
        ("somebody@example.org", "username_is_address"),
        ("ALICE", "username_taken"),
    ],
)
def test_accept_refuses_the_name_of_somebody_else(retail, alice, username, code):
    invitation, _link = invited(retail, alice)
    newcomer = Newcomer(username=username, password="a long enough one")
    with pytest.raises(DomainError) as refusal:
        accept_invitation(invitation=invitation, newcomer=newcomer, at=timezone.now())
    assert refusal.value.code == code


def test_accept_takes_the_own_address_as_name(retail, alice):
    invitation, _link = invited(retail, alice)
    newcomer = Newcomer(username="New@example.org", password="a long enough one")
    user = accept_invitation(
        invitation=invitation, newcomer=newcomer, at=timezone.now()
    )
    assert user.username == "New@example.org"
