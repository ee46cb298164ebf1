"""Exceptions from gates: asked for by one person, decided by another, with an end."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from projects.choices import EXCUSABLE, OverrideState
from projects.models import Assessment, GateOverride
from projects.selectors.gates import OVERRIDABLE, fired_gates
from projects.services.proceedings import locked, spoken, tell
from riskbase.shared.errors import DomainError, EditConflict

LONGEST = dt.timedelta(days=365)
REQUESTED, APPROVED = OverrideState.REQUESTED, OverrideState.APPROVED
STEPS: dict[str, frozenset[str]] = {
    REQUESTED: frozenset({"approved", "refused", "withdrawn"}),
    APPROVED: frozenset({"withdrawn"}),
}
"""State -> states it may go to."""


@transaction.atomic
def request(
    *,
    assessment: Assessment,
    gate: str,
    reason: str,
    expires_on: dt.date,
    by: User,
    today: dt.date,
) -> GateOverride:
    """Ask for an exception from a gate that holds, until a day within a year."""
    current = locked(assessment, EXCUSABLE)
    _refuse_gate(current, gate)
    said = spoken(reason, field="reason")
    if not today <= expires_on <= today + LONGEST:
        raise DomainError(
            "expiry_out_of_range",
            _("Choose a day from today on, at most %(count)s days ahead.")
            % {"count": LONGEST.days},
            field="expires_on",
        )
    row = GateOverride.objects.create(
        assessment=current,
        gate=gate,
        reason=said,
        expires_on=expires_on,
        requested_by=by,
    )
    _tell(row, by, reason=said)
    return row


def approve(
    *,
    override: GateOverride,
    by: User,
    at: dt.datetime,
    note: str = "",
    expected_version: int | None = None,
) -> GateOverride:
    """Grant it; never by who asked for it, nor by who submitted the assessment."""
    return _move(override, APPROVED, by, at, note, expected_version)


def refuse(
    *,
    override: GateOverride,
    by: User,
    at: dt.datetime,
    note: str = "",
    expected_version: int | None = None,
) -> GateOverride:
    """Say no; another request may follow."""
    return _move(override, OverrideState.REFUSED, by, at, note, expected_version)


def withdraw(
    *,
    override: GateOverride,
    by: User,
    at: dt.datetime,
    note: str = "",
    expected_version: int | None = None,
) -> GateOverride:
    """Take the request, or what was granted, back."""
    return _move(override, OverrideState.WITHDRAWN, by, at, note, expected_version)


ACTS = {"approved": approve, "refused": refuse, "withdrawn": withdraw}
"""State -> the act that leads there."""


@transaction.atomic
def _move(
    override: GateOverride,
    state: OverrideState,
    by: User,
    at: dt.datetime,
    note: str,
    expected_version: int | None,
) -> GateOverride:
    current = _locked(override, expected_version)
    if state not in STEPS.get(current.state, frozenset()):
        raise DomainError(
            "override_step",
            _("An exception cannot go from “%(before)s” to “%(after)s”.")
            % {"before": current.get_state_display(), "after": state.label},
        )
    is_own = current.requested_by_id == by.pk or current.assessment.was_submitted_by(by)
    if state != OverrideState.WITHDRAWN and is_own:
        raise DomainError(
            "override_by_another",
            _("Somebody other than who asked or submitted must decide."),
        )
    before = {"override_state": current.state}
    current.state, current.decided_by, current.decided_at = state, by, at
    current.decision_note = spoken(note, field="decision_note", is_required=False)
    current.version += 1
    current.save()
    _tell(current, by, before=before, note=current.decision_note)
    return current


def _refuse_gate(assessment: Assessment, gate: str) -> None:
    fired = {each["code"]: each["effect"] for each in fired_gates(assessment)}
    if gate not in fired:
        raise DomainError(
            "gate_not_fired", _("This gate does not hold here."), field="gate"
        )
    if fired[gate] not in OVERRIDABLE:
        raise DomainError(
            "gate_wants_review",
            _("This gate asks for a review, and the review itself answers it."),
            field="gate",
        )
    if assessment.overrides.filter(gate=gate, state=REQUESTED).exists():
        raise DomainError(
            "override_requested",
            _("An exception from this gate already waits for a decision."),
            field="gate",
        )


def _locked(override: GateOverride, expected_version: int | None) -> GateOverride:
    """Return the row locked, its assessment first."""
    assessment = locked(override.assessment, EXCUSABLE)
    current = GateOverride.objects.select_for_update().get(pk=override.pk)
    current.assessment = assessment
    if expected_version not in {None, current.version}:
        raise EditConflict(current)
    return current


def _tell(
    row: GateOverride, by: User, before: dict[str, str] | None = None, **words: str
) -> None:
    tell(
        row.assessment,
        f"assessment.override_{row.state}",
        by=by,
        facts={
            "override": row.pk,
            "gate": row.gate,
            "override_state": str(row.state),
            "expires_on": row.expires_on,
        },
        words={name: text for name, text in words.items() if text},
        before=before,
    )
