"""Comings and goings are kept, addresses only in the coarse."""

import pytest

from accounts.services import signins
from riskbase.shared.audit.models import AuditEvent


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("unix:", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_coarse_names_a_network(address, network):
    assert signins.coarse(address) == network


def test_failed_names_the_account_aimed_at(alice):
    signins.failed(name="ALICE", address=None)
    signins.failed(name="nobody", address=None)
    kept = AuditEvent.objects.order_by("id").values_list("target_label", flat=True)
    assert list(kept) == [str(alice), ""]
