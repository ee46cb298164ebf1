"""Sending an assessment back, approving it, rejecting it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from projects.choices import UNDER_REVIEW, AssessmentState, ThreadState
from projects.models import Assessment, Project
from projects.selectors.approval import missing_for_approval
from projects.services import threads
from projects.services.proceedings import locked, spoken, tell
from riskbase.shared.errors import DomainError


class ApprovalRefused(DomainError):
    """What an approval still lacks, all at once: a sentence each in `missing`."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__("approval_incomplete", " ".join(missing))
        self.missing = missing


@transaction.atomic
def request_changes(
    *,
    assessment: Assessment,
    by: User,
    question: str = "",
    text: str = "",
    expected_version: int | None = None,
) -> Assessment:
    """Send it back; `question` and `text` ask for a first change right away.

    Raises DomainError `no_change_asked` while no open thread asks for a change.
    """
    current = locked(assessment, UNDER_REVIEW, expected_version=expected_version)
    _refuse_own(current, by)
    if question or text.strip():
        threads.open_thread(
            assessment=current, question=question, text=text, by=by, asks_change=True
        )
    if not current.threads.filter(state=ThreadState.OPEN, asks_change=True).exists():
        raise DomainError(
            "no_change_asked",
            _("Say at least about one question what should change."),
            field="text",
        )
    _step(current, AssessmentState.CHANGES_REQUESTED, by)
    return current


@transaction.atomic
def approve(
    *,
    assessment: Assessment,
    by: User,
    at: dt.datetime,
    note: str = "",
    expected_version: int | None = None,
) -> Assessment:
    """Approve it; its numbers and the project's stay. Raises ApprovalRefused."""
    # First the project: its mitigations are looked at.
    Project.objects.select_for_update().get(pk=assessment.project_id)
    current = locked(assessment, UNDER_REVIEW, expected_version=expected_version)
    _refuse_own(current, by)
    if missing := missing_for_approval(current, timezone.localdate(at)):
        raise ApprovalRefused(missing)
    said = spoken(note, field="note", is_required=False)
    _decide(current, AssessmentState.APPROVED, by, at, said)
    return current


@transaction.atomic
def reject(
    *,
    assessment: Assessment,
    by: User,
    at: dt.datetime,
    note: str,
    expected_version: int | None = None,
) -> Assessment:
    """Reject it, saying why; its numbers and the project's stay."""
    current = locked(assessment, UNDER_REVIEW, expected_version=expected_version)
    _refuse_own(current, by)
    said = spoken(note, field="note")
    _decide(current, AssessmentState.REJECTED, by, at, said)
    return current


def _refuse_own(assessment: Assessment, by: User) -> None:
    if assessment.was_submitted_by(by):
        raise DomainError(
            "own_submission",
            _("Somebody other than who submitted it must decide."),
        )


def _decide(
    assessment: Assessment, state: AssessmentState, by: User, at: dt.datetime, note: str
) -> None:
    assessment.decided_by, assessment.decided_at = by, at
    assessment.decision_note = note
    _step(assessment, state, by, note=note)


def _step(
    assessment: Assessment, state: AssessmentState, by: User, **words: str
) -> None:
    before = {"state": assessment.state}
    assessment.state = state
    assessment.version += 1
    assessment.save()
    tell(
        assessment,
        f"assessment.{state.value}",
        by=by,
        facts={"state": state.value, "tier": assessment.tier},
        words=words,
        before=before | {"tier": assessment.tier},
    )
