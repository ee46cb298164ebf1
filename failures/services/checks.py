"""What the facts of a record must agree on before they are stored."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.coding import needs_second
from failures.coding.amounts import COLUMN
from failures.models import Postmortem
from failures.models.amounts import SENTENCES, AmountRefused, check_wasted
from failures.permissions import can_code
from riskbase.shared.errors import DomainError


def currency(row: Postmortem, facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the currency that the amounts have once `facts` are stored.

    Raises DomainError where an amount would be left without one, or would come to be
    told in another.
    """
    columns = COLUMN.values()
    if not {*columns, "currency"} & facts.keys():
        return {}
    after = {name: facts.get(name, getattr(row, name)) for name in columns}
    code = facts.get("currency") or row.currency
    kept = any(name not in facts and after[name] is not None for name in columns)
    if kept and code != row.currency:
        raise DomainError(
            "cost_all_anew",
            SENTENCES["cost_all_anew"],
            field="currency",
        )
    if all(amount is None for amount in after.values()):
        return {"currency": ""}
    if not code:
        raise DomainError("cost_currency", SENTENCES["cost_currency"], field="currency")
    try:
        check_wasted(after)
    except AmountRefused as refusal:
        raise DomainError(refusal.code, refusal.sentence, field="wasted") from refusal
    return {"currency": code}


def check_affected(row: Postmortem) -> None:
    """Raise DomainError when fewer are affected at most than at least."""
    low, high = row.affected_low, row.affected_high
    if low is not None and high is not None and low > high:
        raise DomainError(
            "affected_range",
            _("At least cannot be more than at most."),
            field="affected_high",
        )


def severity(row: Postmortem, changes: Mapping[str, Any], by: User) -> None:
    """Raise DomainError where a lower severity would open what is coded blind.

    Only who coded it first may do that: the others would come to read it.
    """
    wanted = changes.get("severity")
    if wanted is None or not row.causes_sealed or can_code(by, row):
        return
    if not needs_second(row.origin, wanted):
        raise DomainError(
            "severity_sealed",
            _(
                "While the causes are coded twice, only who coded them first can lower the severity."
            ),
            field="severity",
        )
