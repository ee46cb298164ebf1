"""Inviting people who have no account yet, and letting them in."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Unit, User
from accounts.roles import Role
from accounts.selectors import digest_of
from accounts.services.memberships import grant_role
from accounts.services.users import refuse_taken_email
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

LIFETIME = dt.timedelta(days=14)
AUDITED = ("email", "unit", "role", "expires_at")


@dataclass(frozen=True)
class Newcomer:
    """What somebody who accepts an invitation says about themselves."""

    username: str
    password: str
    first_name: str = ""
    last_name: str = ""
    language: str = "en"
    time_zone: str = "UTC"


@dataclass(frozen=True)
class Invitee:
    """Who is invited, where to and as what."""

    email: str
    unit: Unit
    role: Role


@transaction.atomic
def create_invitation(
    *, invitee: Invitee, by: User, at: dt.datetime, link_for: Callable[[str], str]
) -> tuple[Invitation, str]:
    """Invite by mail; return the invitation and the link, which is not stored.

    An open invitation of the same address to the same unit is replaced, so that a
    lost link can be made again.
    """
    email = invitee.email.lower()
    refuse_taken_email(email)
    for former in Invitation.objects.filter(
        email=email, unit=invitee.unit, accepted_at=None
    ):
        revoke_invitation(invitation=former, by=by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        unit=invitee.unit,
        role=invitee.role.value,
        digest=digest_of(token),
        invited_by=by,
        expires_at=at + LIFETIME,
    )
    trail.record(
        by=by,
        verb="invitation.created",
        target=invitation,
        after=trail.values_of(invitation, AUDITED),
    )
    link = link_for(token)
    # A mail server that is down must not undo the invitation: the link is shown too.
    transaction.on_commit(partial(_send, invitation, link), robust=True)
    return invitation, link


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """Make the link useless."""
    trail.record(
        by=by,
        verb="invitation.revoked",
        target=invitation,
        before=trail.values_of(invitation, AUDITED),
    )
    invitation.delete()


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, newcomer: Newcomer, at: dt.datetime
) -> User:
    """Create the account with the role it was invited to."""
    found = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if found is None or found.accepted_at is not None or found.expires_at <= at:
        raise DomainError(
            "invitation_closed",
            _("This invitation has been used, withdrawn or has expired."),
        )
    user = _create_user(found.email, newcomer)
    grant_role(user=user, unit=found.unit, role=Role(found.role), by=found.invited_by)
    found.accepted_at, found.accepted_by = at, user
    found.save(update_fields=["accepted_at", "accepted_by"])
    trail.record(
        by=user, verb="invitation.accepted", target=found, after={"accepted_at": at}
    )
    return user


def _create_user(email: str, newcomer: Newcomer) -> User:
    refuse_taken_email(email)
    if "@" in newcomer.username and newcomer.username.lower() != email:
        raise DomainError(
            "username_is_address",
            _("Of all addresses, only your own can be your user name."),
            field="username",
        )
    if User.objects.filter(username__iexact=newcomer.username).exists():
        raise DomainError(
            "username_taken", _("This user name is taken."), field="username"
        )
    user = User(
        username=newcomer.username,
        email=email,
        first_name=newcomer.first_name,
        last_name=newcomer.last_name,
        language=newcomer.language,
        time_zone=newcomer.time_zone,
    )
    user.set_password(newcomer.password)
    user.save()
    trail.record(
        by=user,
        verb="user.created",
        target=user,
        after=trail.values_of(user, ("username", "email")),
    )
    return user


def _send(invitation: Invitation, link: str) -> None:
    context = {
        "invitation": invitation,
        "link": link,
        "site_name": settings.SITE_NAME,
    }
    subject = render_to_string("accounts/email/invitation_subject.txt", context)
    send_mail(
        subject=" ".join(subject.split()),
        message=render_to_string("accounts/email/invitation_message.txt", context),
        from_email=None,
        recipient_list=[invitation.email],
    )
