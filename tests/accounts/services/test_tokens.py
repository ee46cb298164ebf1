"""A token's secret is nowhere in the database."""

import pytest

from accounts.models import ApiToken
from accounts.services.tokens import create_token, revoke_token
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.errors import DomainError


def test_create_stores_no_secret(carol):
    token, secret = create_token(by=carol, name="ci", scopes=["read"], days=30)
    rows = [*ApiToken.objects.values(), *AuditEvent.objects.values()]
    assert secret.startswith("rbk_")
    assert secret not in str(rows)
    assert token.digest not in str(list(AuditEvent.objects.values()))
    revoke_token(token=token, by=carol)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("scopes", "days", "code"),
    [
        ([], 30, "unknown_scope"),
        (["everything"], 30, "unknown_scope"),
        (["read"], 0, "expiry_out_of_range"),
        (["read"], 366, "expiry_out_of_range"),
    ],
)
def test_create_refuses_what_is_not_offered(carol, scopes, days, code):
    with pytest.raises(DomainError) as refused:
        create_token(by=carol, name="ci", scopes=scopes, days=days)
    assert refused.value.code == code
