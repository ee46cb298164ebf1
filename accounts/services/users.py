"""Making, changing, closing and reopening accounts."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.tokens import revoke_all_tokens
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

PROFILE = ("first_name", "last_name", "email", "language", "time_zone")
STANDING = ("is_active", "is_superuser")


@transaction.atomic
def create_administrator(*, username: str, email: str, password: str) -> User:
    """Create an account that administers the site; nobody acts, so nobody is named."""
    user = User(
        username=username, email=email.lower(), is_superuser=True, is_staff=True
    )
    user.set_password(password)
    user.save()
    trail.record(
        by=None,
        verb="user.created",
        target=user,
        after=trail.values_of(user, ("username", "email", *STANDING)),
    )
    return user


@transaction.atomic
def change_profile(*, user: User, by: User, **values: Any) -> User:
    """Change names, e-mail address, language or time zone; other names are a mistake."""
    if unknown := values.keys() - set(PROFILE):
        raise TypeError(", ".join(sorted(unknown)))
    user = User.objects.select_for_update().get(pk=user.pk)
    before = trail.values_of(user, PROFILE)
    for name, value in values.items():
        setattr(user, name, value)
    user.email = user.email.lower()
    after = trail.values_of(user, PROFILE)
    if before == after:
        return user
    if before["email"] != after["email"]:
        refuse_taken_email(user.email, besides=user)
        _forget_former_email(user)
    user.save(update_fields=PROFILE)
    trail.record(
        by=by, verb="user.profile_changed", target=user, before=before, after=after
    )
    return user


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Give the account another password, chosen by the person; only the fact is kept."""
    user.set_password(password)
    user.save(update_fields=["password"])
    trail.record(by=user, verb="user.password_changed", target=user)


@transaction.atomic
def reset_password(*, user: User, password: str) -> None:
    """Give the account another password by a mailed link, and lock everybody out.

    A reset may follow a theft: sessions end with the former password, and API tokens,
    which would outlive it, are revoked.
    """
    change_password(user=user, password=password)
    revoke_all_tokens(of=user, by=user)


@transaction.atomic
def deactivate_user(*, user: User, by: User) -> User:
    """Close the account: no login, no token works; what the person wrote stays."""
    user = _with_administrators_locked(user)
    _keep_an_administrator(user)
    return _set_standing(user, by=by, verb="user.deactivated", is_active=False)


@transaction.atomic
def activate_user(*, user: User, by: User) -> User:
    """Open the account again."""
    user = _with_administrators_locked(user)
    return _set_standing(user, by=by, verb="user.activated", is_active=True)


@transaction.atomic
def make_administrator(*, user: User, by: User) -> User:
    """Let the person administer the whole site."""
    user = _with_administrators_locked(user)
    if not user.is_active:
        raise DomainError("account_inactive", _("This account is not active."))
    return _set_standing(user, by=by, verb="user.made_administrator", is_superuser=True)


@transaction.atomic
def dismiss_administrator(*, user: User, by: User) -> User:
    """Leave the person the roles held in units only."""
    user = _with_administrators_locked(user)
    _keep_an_administrator(user)
    return _set_standing(
        user, by=by, verb="user.dismissed_administrator", is_superuser=False
    )


def refuse_taken_email(email: str, *, besides: User | None = None) -> None:
    """Raise DomainError when an account has this address, in whatever case.

    A user name like it counts: people are found, and log in, by either.
    """
    owners = User.objects.filter(Q(email__iexact=email) | Q(username__iexact=email))
    if besides is not None:
        owners = owners.exclude(pk=besides.pk)
    if owners.exists():
        raise DomainError(
            "email_taken", _("An account with this address exists."), field="email"
        )


def _forget_former_email(user: User) -> None:
    """Drop the login library's own record, or the old address would still log in."""
    EmailAddress.objects.filter(user=user).delete()


def _with_administrators_locked(user: User) -> User:
    """Lock every administrator, so that the last two cannot dismiss each other."""
    list(
        User.objects.select_for_update(no_key=True)
        .filter(is_superuser=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _keep_an_administrator(user: User) -> None:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_administrator and not others.exists():
        raise DomainError(
            "last_administrator",
            _("This is the only administrator. Make somebody else one first."),
        )


def _set_standing(user: User, *, by: User, verb: str, **standing: bool) -> User:
    before = trail.values_of(user, STANDING)
    for name, value in standing.items():
        setattr(user, name, value)
    user.is_staff = user.is_superuser
    after = trail.values_of(user, STANDING)
    if before != after:
        user.save(update_fields=[*STANDING, "is_staff"])
        trail.record(by=by, verb=verb, target=user, before=before, after=after)
    return user
