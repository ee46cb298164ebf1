"""The rules of a row: what no single cell shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from failures.choices import Precision
from failures.coding import is_human_error
from failures.coding.amounts import AMOUNTS
from failures.coding.dates import DATES, PRECISION, contradicting
from failures.exchange.columns import PARTS
from failures.exchange.parts import part_of
from failures.models.amounts import SENTENCES, AmountRefused, columns_of
from riskbase.shared.tabular import (
    CellRefused,
    Converted,
    Fault,
    register_sentences,
)
from riskbase.shared.tabular.faults import shown

register_sentences(
    {
        **SENTENCES,
        "doubled": _("This number stands in row %(row)s already."),
        "own_record": _(
            "This number is a record's of this installation; edit it on its page."
        ),
        "dates_order": _("The dates contradict each other: %(names)s."),
        "affected_range": _("At least cannot be more than at most."),
        "unknown_cause": _("No cause of the taxonomy has this code: %(name)s."),
        "human_error_is_no_cause": _(
            "Human error is not a cause. Ask what made the error likely and let it through."
        ),
        "coded_twice": _("This cause already has this role in the record."),
        "unknown_shape": _("This item is not built like others of its kind."),
        "in_work": _("This record is being edited. Publish it first."),
        "too_many_parts": _("More than %(most)s items."),
        "part": _("Item %(number)s, %(name)s: %(what)s"),
        "unknown_member": _(
            "Item %(number)s has a member that is not known: %(name)s."
        ),
        "refusal_reason": _("Item %(number)s: give the reason for not doing it."),
        "evidence_missing": _(
            "Item %(number)s: say what showed that it works, or link to it."
        ),
    }
)


@dataclass(frozen=True)
class Checked:
    """A row as a record holds it, and what is wrong with it."""

    row: int
    values: Mapping[str, Any]
    faults: tuple[Fault, ...]


def checked(
    found: Converted, names: Mapping[str, str], causes: Collection[str]
) -> Checked:
    """Apply the rules to a converted row.

    `names` maps our columns to the file's names, for the faults; `causes` are the
    slugs in force.
    """
    values = dict(found.values)
    faults = list(found.faults)

    def refuse(column: str, code: str, **params: Any) -> None:
        value = shown(values.get(column) or "")
        faults.append(Fault(found.row, names.get(column, column), code, params, value))

    for name in PARTS:
        if values.get(name) is not None:
            try:
                values[name] = _part(name, values[name], causes)
            except CellRefused as refusal:
                refuse(name, refusal.code, **refusal.params)
    ours = {theirs: name for name, theirs in names.items()}
    unread = {ours.get(fault.column, fault.column) for fault in found.faults}
    # What could not be read is no reason for a second fault.
    if unread.isdisjoint({*AMOUNTS, "currency"}):
        _money(values, refuse)
    _dates(values, refuse)
    low, high = values.get("affected_low"), values.get("affected_high")
    if low is not None and high is not None and low > high:
        refuse("affected_high", "affected_range")
    return Checked(found.row, values, tuple(faults))


def against(
    values: Mapping[str, Any], held: Mapping[str, Any]
) -> Sequence[tuple[str, str]]:
    """Return (column, code) of what does not go with what the record holds already.

    Columns that the file lacks keep what they hold: amounts, currency and the range of
    people affected are judged as they will stand.
    """
    after = {name: values.get(name, held.get(name)) for name in (*held, *values)}
    amounts = {name: after.get(name) for name in AMOUNTS}
    currency = after.get("currency") or ""
    kept = any(name not in values and held.get(name) is not None for name in AMOUNTS)
    if kept and currency != held.get("currency"):
        return [("currency", "cost_all_anew")]
    try:
        columns_of(amounts, currency)
    except AmountRefused as refusal:
        return [(refusal.field, refusal.code)]
    low, high = after.get("affected_low"), after.get("affected_high")
    if low is not None and high is not None and low > high:
        return [("affected_high", "affected_range")]
    return []


def _part(name: str, value: Any, causes: Collection[str]) -> Any:
    said = part_of(name, value)
    if name == "causes":
        _check_causes(said, causes)
    if name == "actions":
        _check_actions(said)
    return said


def _check_causes(said: Sequence[dict[str, Any]], causes: Collection[str]) -> None:
    for each in said:
        each["cause"] = each["cause"].lower()
        if is_human_error(each["cause"]):
            raise CellRefused("human_error_is_no_cause")
        if each["cause"] not in causes:
            raise CellRefused("unknown_cause", name=each["cause"])
    pairs = [(each["cause"], each["role"]) for each in said]
    if len(set(pairs)) < len(pairs):
        raise CellRefused("coded_twice")


def _check_actions(said: Sequence[Mapping[str, Any]]) -> None:
    for number, each in enumerate(said, start=1):
        if each.get("state") == "wont_do" and "refusal_reason" not in each:
            raise CellRefused("refusal_reason", number=number)
        shows = {"verification", "verification_url"} & set(each)
        if each.get("state") == "verified" and not shows:
            raise CellRefused("evidence_missing", number=number)


def _money(values: Mapping[str, Any], refuse: Any) -> None:
    amounts = {name: values.get(name) for name in AMOUNTS}
    try:
        columns_of(amounts, values.get("currency") or "")
    except AmountRefused as refusal:
        refuse(refusal.field, refusal.code)


def _dates(values: Mapping[str, Any], refuse: Any) -> None:
    """Refuse a fault seen before it was introduced, or answered before it was seen."""
    known = {
        name: (day, values.get(PRECISION[name]) or Precision.DAY)
        for name in DATES
        if (day := values.get(name))
    }
    if wrong := contradicting(known):
        refuse(wrong[0], "dates_order", names=", ".join(wrong))
