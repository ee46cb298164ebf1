"""Making and revoking API tokens; the secret leaves this module once."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.choices import API_SCOPES
from accounts.models import ApiToken, User
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError

LONGEST_DAYS = 365
AUDITED = ("id", "name", "token_key", "scopes", "expiry")


@transaction.atomic
def create_token(
    *, by: User, name: str, scopes: Sequence[str], days: int
) -> tuple[ApiToken, str]:
    """Make a token of `by`; return its row and the secret, which is not stored.

    The audit event is about the person: the token's own key is its digest.
    """
    unknown = sorted(set(scopes) - API_SCOPES.keys())
    if unknown or not scopes:
        raise DomainError(
            "unknown_scope", _("Choose one or more of the scopes."), field="scopes"
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise DomainError(
            "expiry_out_of_range",
            _("A token lives for 1 to 365 days."),
            field="days",
        )
    token, secret = ApiToken.objects.create(
        user=by,
        name=name,
        scopes=sorted(set(scopes)),
        expiry=dt.timedelta(days=days),
    )
    trail.record(
        by=by, verb="token.created", target=by, after=trail.values_of(token, AUDITED)
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    """Make the token useless at once."""
    trail.record(
        by=by,
        verb="token.revoked",
        target=token.user,
        before=trail.values_of(token, AUDITED),
    )
    token.delete()


@transaction.atomic
def revoke_all_tokens(*, of: User, by: User) -> int:
    """Make every token of a person useless at once; return how many there were."""
    tokens = list(ApiToken.objects.select_for_update().filter(user=of))
    for token in tokens:
        revoke_token(token=token, by=by)
    return len(tokens)
