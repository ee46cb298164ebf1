"""What the login machinery tells of: sign-ins, failed ones and sign-outs."""

from collections.abc import Mapping
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth import signals
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.services import signins


@receiver(signals.user_logged_in)
def keep_sign_in(request: HttpRequest | None, user: User, **_: Any) -> None:
    signins.signed_in(user=user, address=_address(request))


@receiver(signals.user_logged_out)
def keep_sign_out(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None:
        signins.signed_out(user=user, address=_address(request))


@receiver(signals.user_login_failed)
def keep_failed_sign_in(
    credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    name = credentials.get("username") or credentials.get("email") or ""
    signins.failed(name=str(name), address=_address(request))


def _address(request: HttpRequest | None) -> str | None:
    return get_client_ip(request) if request is not None else None
