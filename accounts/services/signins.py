"""The trace of people coming and going, with no more of their address than needed."""

import ipaddress
import uuid

from django.db.models import Q

from accounts.models import User
from riskbase.shared.audit import trail

# Wide enough to name a network rather than a household.
KEPT_BITS = {4: 24, 6: 48}
NOBODY = User(id=uuid.UUID(int=0))
"""Stands for accounts that do not exist."""


def coarse(address: str | None) -> str:
    """Return the network of an IP address; empty when there is none to tell."""
    try:
        whole = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    whole = getattr(whole, "ipv4_mapped", None) or whole
    network = ipaddress.ip_network((whole, KEPT_BITS[whole.version]), strict=False)
    return str(network)


def signed_in(*, user: User, address: str | None) -> None:
    """Keep that the person signed in."""
    _keep("user.signed_in", user, user, address)


def signed_out(*, user: User, address: str | None) -> None:
    """Keep that the person signed out."""
    _keep("user.signed_out", user, user, address)


def failed(*, name: str, address: str | None) -> None:
    """Keep that a sign-in under `name` failed.

    A name nobody has is not kept: it may be a password in the wrong field.
    """
    found = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name))
    _keep("user.sign_in_failed", None, found.first() or NOBODY, address)


def _keep(verb: str, by: User | None, target: User, address: str | None) -> None:
    trail.record(by=by, verb=verb, target=target, after={"network": coarse(address)})
