"""Coding a record twice, blind, and deciding between the two codings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.coding import needs_second
from failures.models import CauseCoding, Postmortem, SecondCoding
from failures.permissions import can_code
from failures.selectors.people import possible_second_coders
from failures.services import parts
from failures.services.coding import (
    RECORDED,
    CodedTwice,
    Judgement,
    UnknownCause,
    in_force,
    require_file,
    told,
)
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict

FIELDS = ("cause", *RECORDED)


class SecondCodingRefused(DomainError):
    """The second coding is at another step, or this person has no part in it."""


@transaction.atomic
def invite(*, postmortem: Postmortem, coder: User | None, by: User) -> SecondCoding:
    """Ask somebody to code the record apart; None takes the invitation back.

    What an earlier invited person had coded and not submitted is dropped.
    """
    row = parts.editable(postmortem)
    second = _of(row)
    if second.submitted_at is not None:
        raise SecondCodingRefused(
            "second_coding_submitted", _("The second coding is submitted already.")
        )
    if row.causes_sealed and coder is None and not can_code(by, row):
        raise SecondCodingRefused(
            "seal_stays",
            _("Only who coded it first can take the invitation back."),
            field="coder",
        )
    if coder is not None and not possible_second_coders(row).contains(coder):
        raise SecondCodingRefused(
            "not_a_second_coder",
            _("This person cannot code it: choose somebody who has not coded it yet."),
            field="coder",
        )
    if second.coder_id == (coder.pk if coder else None):
        return second
    before = {"coder": str(second.coder_id or "")}
    second.coder, second.judgements = coder, []
    _keep(second)
    release_first(row)
    told(row, by, "second_coding_invited", before, {"coder": coder})
    return second


@transaction.atomic
def judge(
    *,
    postmortem: Postmortem,
    judgements: Iterable[Mapping[str, Any]],
    by: User,
    expected_version: int | None = None,
) -> SecondCoding:
    """Replace the second coder's judgements; each names a cause in force.

    Raises UnknownCause, UnknownFile, CodedTwice, EditConflict and SecondCodingRefused.
    """
    row = parts.editable(postmortem)
    second = _of(row)
    _coder_only(second, by)
    wanted = [
        {name: str(each.get(name) or "") for name in FIELDS} for each in judgements
    ]
    _check(wanted)
    if wanted == second.judgements:
        return second
    if expected_version is not None and second.version != expected_version:
        raise EditConflict(second)
    known = {each.get("evidence_file", "") for each in second.judgements}
    for name in {each["evidence_file"] for each in wanted} - known:
        require_file(row, name)
    before, second.judgements = second.judgements, wanted
    _keep(second)
    changes = {"judgements": before}, {"judgements": wanted}
    trail.record(
        by=by,
        verb="second_coding_changed",
        target=row,
        before=changes[0],
        after=changes[1],
    )
    return second


@transaction.atomic
def submit(*, postmortem: Postmortem, by: User) -> SecondCoding:
    """Submit one's side: the second coder's, or else the first coders'."""
    row = parts.editable(postmortem)
    second = _of(row)
    if second.coder_id != by.pk:
        hand_in_first(row, by)
        return _of(row)
    _coder_only(second, by)
    if not second.judgements:
        raise SecondCodingRefused(
            "nothing_coded", _("Name at least one cause before submitting.")
        )
    second.submitted_at = timezone.now()
    _submitted(row, second, by)
    return second


def hand_in_first(row: Postmortem, by: User) -> None:
    """Submit the record's own coding, if two are wanted; `row` must be locked.

    A record without a coding has none to submit: the approval asks for it later.
    """
    second = SecondCoding.objects.filter(postmortem=row).first()
    wanted = second is not None and second.coder_id is not None
    if not wanted and not needs_second(row.origin, row.severity):
        return
    second = second or _of(row)
    if second.first_submitted_at is not None or not row.codings.exists():
        return
    second.first_submitted_at = timezone.now()
    _submitted(row, second, by)


def release_first(row: Postmortem) -> None:
    """Let the first coding be changed again where nobody is to code it a second time."""
    if not needs_second(row.origin, row.severity):
        waiting = SecondCoding.objects.filter(postmortem=row, coder=None)
        waiting.filter(submitted_at=None).update(first_submitted_at=None)


def take_back_first(row: Postmortem) -> None:
    """Let a returned record's coding be changed again, unless both were seen."""
    SecondCoding.objects.filter(postmortem=row, submitted_at__isnull=True).update(
        first_submitted_at=None
    )


@transaction.atomic
def decide(
    *,
    postmortem: Postmortem,
    kept: Sequence[Mapping[str, Any]],
    note: str,
    by: User,
) -> SecondCoding:
    """Settle on the causes: {cause, role, confidence} of what either coder named.

    They replace the record's coding, each with the evidence of whoever named it, the
    first coder's words before the second's. Both codings stay readable.
    """
    row = parts.editable(postmortem)
    second = _of(row)
    if not second.is_open:
        raise SecondCodingRefused(
            "nothing_to_decide", _("There is nothing to decide at the moment.")
        )
    if not note.strip():
        raise SecondCodingRefused("note_missing", _("Say why."), field="note")
    chosen = [{name: str(each.get(name) or "") for name in FIELDS[:3]} for each in kept]
    if not chosen:
        raise SecondCodingRefused("nothing_kept", _("Keep at least one cause."))
    _check(chosen)
    _decided(row, second, chosen, note.strip(), by)
    return second


def _decided(
    row: Postmortem,
    second: SecondCoding,
    chosen: Sequence[Mapping[str, str]],
    note: str,
    by: User | None,
) -> None:
    """Replace the record's coding by the decision, and keep it."""
    held = list(row.codings.select_related("cause"))
    wanted = {each["cause"] for each in chosen}
    causes = in_force(wanted)
    first = [{"cause": each.cause.slug, **_judgement(each)} for each in held]
    coders = {each.cause.slug: each.coder_id for each in held}
    named = {each["cause"] for each in (*first, *second.judgements)}
    if strangers := sorted(wanted - (named & causes.keys())):
        raise UnknownCause(strangers[0])
    row.codings.all().delete()
    for each in chosen:
        slug = each["cause"]
        words = _merged(_said(first, each), _said(second.judgements, each))
        CauseCoding.objects.create(
            postmortem=row,
            cause=causes[slug],
            coder_id=coders.get(slug, second.coder_id),
            quarter=row.quarter,
            sector=row.sector,
            **{**words, "role": each["role"], "confidence": each["confidence"]},
        )
    second.decision = [dict(each) for each in chosen]
    second.decided_at, second.decided_by, second.note = timezone.now(), by, note
    _keep(second)
    told(row, by, "second_coding_decided", None, {"decision": chosen, "reason": note})


def _merged(first: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    return {name: first.get(name) or other.get(name, "") for name in RECORDED}


def _said(
    judgements: Iterable[Mapping[str, str]], wanted: Mapping[str, str]
) -> Mapping[str, str]:
    """Return what was said of the cause, in the role that is kept if it was in it."""
    of_cause = [each for each in judgements if each["cause"] == wanted["cause"]]
    in_role = (each for each in of_cause if each["role"] == wanted["role"])
    return next(in_role, of_cause[0] if of_cause else {})


def _judgement(coding: CauseCoding) -> dict[str, str]:
    return {name: getattr(coding, name) for name in RECORDED}


def _submitted(row: Postmortem, second: SecondCoding, by: User) -> None:
    """Keep the submission; with both in, show them and settle what agrees."""
    if not second.is_revealed:
        _keep(second)
        told(row, by, "second_coding_submitted", None, None)
        return
    held = list(row.codings.select_related("cause"))
    second.first = [
        {"cause": each.cause.slug, **_judgement(each), "coder": str(each.coder or "")}
        for each in held
    ]
    _keep(second)
    told(row, by, "second_coding_submitted", None, None)
    if _core(second.first) == _core(second.judgements):
        chosen = [{name: each[name] for name in FIELDS[:3]} for each in second.first]
        _decided(row, second, chosen, "", None)


def _core(judgements: Iterable[Mapping[str, str]]) -> set[tuple[str, ...]]:
    return {tuple(each[name] for name in FIELDS[:3]) for each in judgements}


def _of(row: Postmortem) -> SecondCoding:
    """Return the record's second coding, an empty one when nobody was asked yet."""
    return SecondCoding.objects.get_or_create(postmortem=row)[0]


def _coder_only(second: SecondCoding, by: User) -> None:
    if second.coder_id != by.pk:
        raise SecondCodingRefused(
            "not_the_second_coder", _("Only the second coder can do this.")
        )
    if second.submitted_at is not None:
        raise SecondCodingRefused(
            "second_coding_submitted", _("The second coding is submitted already.")
        )


def _check(judgements: Sequence[Mapping[str, str]]) -> None:
    """Raise UnknownCause, CodedTwice or a refusal of an unknown role or confidence.

    The refusal names the item.
    """
    causes = in_force({each["cause"] for each in judgements})
    seen: set[tuple[str, str]] = set()
    for number, each in enumerate(judgements):
        pair = (each["cause"], each["role"])
        try:
            if each["cause"] not in causes:
                raise UnknownCause(each["cause"])
            Judgement(each["role"], each["confidence"]).check()
            if pair in seen:
                raise CodedTwice
        except DomainError as refusal:
            refusal.item = number
            raise
        seen.add(pair)


def _keep(second: SecondCoding) -> None:
    second.version += 1
    second.save()
