"""What changed in an assessment from one submission to the next, and since a moment."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from projects.models import Assessment, ScoringRun
from riskbase.shared.audit.models import AuditEvent

Sheet = Mapping[str, Mapping[str, Any]]
"""Question code -> state, value and reason, as a run keeps them."""


@dataclass(frozen=True)
class AnswerChange:
    """One audited change of an answer; `before` and `after` as the trail holds them."""

    at: dt.datetime
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


def newest_sheet(assessment: Assessment) -> Sheet:
    """Return the answers as last submitted; empty before the first submission."""
    run = assessment.runs.select_related("record").first()
    return run.record.sheet if run is not None else {}


def changed_between(before: Sheet, after: Sheet) -> set[str]:
    """Return the questions whose answer or reason differs."""
    return {code for code in {*before, *after} if before.get(code) != after.get(code)}


def baseline_of(assessment: Assessment) -> ScoringRun | None:
    """Return the run that today's answers are compared with.

    What is open is compared with its last submission; what is submitted, with the
    submission before. None: there is nothing to compare with.
    """
    runs = list(assessment.runs.select_related("record")[:2])
    place = 0 if assessment.is_open else 1
    return runs[place] if len(runs) > place else None


def answer_changes(
    assessment: Assessment, since: dt.datetime
) -> dict[str, list[AnswerChange]]:
    """Return question -> its audited changes after `since`, the oldest first."""
    events = AuditEvent.objects.filter(
        target_type=assessment._meta.label_lower,
        target_id=str(assessment.pk),
        verb="assessment.answered",
        at__gt=since,
    ).order_by("id")
    found: dict[str, list[AnswerChange]] = {}
    for event in events:
        for question, after in (event.after or {}).items():
            before = (event.before or {}).get(question)
            found.setdefault(question, []).append(AnswerChange(event.at, before, after))
    return found
