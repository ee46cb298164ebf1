"""Follow-ups: from open to verified, or refused with a reason."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.choices import COUNTED_STATES, FROZEN_STATES, ActionState
from failures.models import ActionItem, FailureCause, Postmortem
from failures.services import parts
from failures.services.coding import UnknownCause
from failures.services.parts import locked
from failures.services.upserts import differing
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.events import outbox

FIELDS = (
    "text", "kind", "cause_slug", "owner", "due_on", "priority", "link", "success_check"
)  # fmt: skip
MOVES: dict[str, frozenset[str]] = {
    ActionState.OPEN.value: frozenset({"in_progress", "done", "wont_do"}),
    ActionState.IN_PROGRESS.value: frozenset({"open", "done", "wont_do"}),
    ActionState.DONE.value: frozenset({"verified", "in_progress", "open"}),
    ActionState.VERIFIED.value: frozenset({"open"}),
    ActionState.WONT_DO.value: frozenset({"open"}),
}


class MoveRefused(DomainError):
    """The follow-up cannot go there from where it stands."""


@transaction.atomic
def add(*, postmortem: Postmortem, values: Mapping[str, Any], by: User) -> ActionItem:
    """Plan a follow-up; `values` are fields of FIELDS."""
    row = locked(postmortem)
    _check_cause(str(values.get("cause_slug") or ""))
    action = ActionItem.objects.create(postmortem=row, **_known(values))
    _told(row, by, "action_added", after=_values(action))
    return action


@transaction.atomic
def change(
    *,
    action: ActionItem,
    values: Mapping[str, Any],
    by: User,
    expected_version: int | None = None,
) -> ActionItem:
    """Change what the follow-up says; raises EditConflict on a stale version."""
    row = locked(action.postmortem)
    action = parts.current(action)
    changes = differing(action, _known(values))
    if not changes:
        return action
    parts.expect(action, expected_version)
    _check_cause(str(changes.get("cause_slug") or ""))
    before = _values(action)
    for name, value in changes.items():
        setattr(action, name, value)
    action.version += 1
    action.save()
    _told(row, by, "action_changed", before=before, after=_values(action))
    return action


@transaction.atomic
def set_state(
    *,
    action: ActionItem,
    state: str,
    by: User,
    reason: str = "",
    evidence: Mapping[str, str] | None = None,
) -> ActionItem:
    """Move the follow-up on.

    Done comes before verified; verifying needs a stated check and `evidence`, which
    is {verification, verification_url} with at least one said; refusing a reason.
    """
    row = locked(action.postmortem)
    action = parts.current(action)
    if state == action.state:
        return action
    _check_move(action, state, reason)
    shown = _evidence(state, evidence or {})
    before = {"action": action.text, "state": action.state}
    action.state = state
    action.refusal_reason = reason.strip() if state == ActionState.WONT_DO else ""
    for name, value in shown.items():
        setattr(action, name, value)
    verified = state == ActionState.VERIFIED
    action.verified_at = timezone.now() if verified else None
    action.verified_by = by if verified else None
    action.version += 1
    action.save()
    after = {"action": action.text, "state": state, "reason": action.refusal_reason}
    after |= shown
    _told(row, by, "action_moved", before=before, after=after)
    return action


@transaction.atomic
def remove(
    *, action: ActionItem, by: User, expected_version: int | None = None
) -> None:
    """Delete a follow-up of a record that is not published."""
    row = locked(action.postmortem)
    if row.state in FROZEN_STATES:
        raise MoveRefused(
            "action_is_published",
            _("A published follow-up is not deleted. Refuse it with a reason."),
        )
    action = parts.current(action)
    parts.expect(action, expected_version)
    before = _values(action)
    action.delete()
    _told(row, by, "action_removed", before=before)


def _check_cause(slug: str) -> None:
    """Raise UnknownCause unless some release of the taxonomy has it, or it is none."""
    if slug and not FailureCause.objects.filter(slug=slug).exists():
        raise UnknownCause(slug, field="cause_slug")


def _check_move(action: ActionItem, state: str, reason: str) -> None:
    if state not in MOVES[action.state]:
        raise MoveRefused(
            "action_move_refused",
            _("A follow-up cannot go from “%(old)s” to “%(new)s”.")
            % {
                "old": ActionState(action.state).label,
                "new": dict(ActionState.choices).get(state, state),
            },
            field="state",
        )
    if state == ActionState.VERIFIED and not action.success_check.strip():
        raise MoveRefused(
            "success_check_missing",
            _("First say how we will see that it works."),
            field="success_check",
        )
    if state == ActionState.WONT_DO and not reason.strip():
        raise MoveRefused(
            "reason_missing", _("Give the reason for not doing it."), field="reason"
        )


def _evidence(state: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return what shows that it works; empty unless verified. Raises MoveRefused."""
    names = ("verification", "verification_url")
    if state != ActionState.VERIFIED:
        return dict.fromkeys(names, "")
    shown = {name: str(given.get(name) or "").strip() for name in names}
    if not any(shown.values()):
        raise MoveRefused(
            "evidence_missing",
            _("Say what showed that it works, or link to it."),
            field="verification",
        )
    return shown


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}


def _values(action: ActionItem) -> dict[str, Any]:
    return trail.values_of(action, FIELDS)


def _told(
    row: Postmortem,
    by: User,
    verb: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    trail.record(by=by, verb=verb, target=row, before=before, after=after)
    if row.state in COUNTED_STATES:
        outbox.emit(topic="postmortem.changed", target=row)
