"""Who answered what when, told from the audit trail."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from projects.instruments import question_texts
from projects.models import Assessment
from projects.selectors.knowledge import Texts
from projects.selectors.wording import answer_text
from riskbase.shared.audit.models import AuditEvent

ANSWERED, CARRIED = "assessment.answered", "assessment.answer_carried"


@dataclass(frozen=True)
class ToldAnswer:
    """One change of one answer, in words; no `before`: it was the first."""

    at: dt.datetime
    who: str
    question: str
    text: Texts
    before: str
    after: str
    reason: str
    comment: str
    evidence_url: str
    is_carried: bool
    is_answer: bool
    """Whether the answer changed, and not only what stands beside it."""
    via: str


def answer_events(assessment: Assessment, question: str = "") -> QuerySet[AuditEvent]:
    """Return the audited answers of an assessment that the caller may read."""
    events = AuditEvent.objects.filter(
        target_type=assessment._meta.label_lower,
        target_id=str(assessment.pk),
        verb__in=(ANSWERED, CARRIED),
    ).select_related("actor")
    return events.filter(after__has_key=question) if question else events


def told(assessment: Assessment, events: Iterable[AuditEvent]) -> list[ToldAnswer]:
    """Return the events in words, in their order; each is about one question."""
    entries = question_texts(assessment.questionnaire_version)
    found = []
    for event in events:
        for code, after in (event.after or {}).items():
            # A question of an earlier version shows its code.
            entry = entries.get(code)
            before = (event.before or {}).get(code)
            found.append(_told(event, code, entry, before, after))
    return found


def asked_in(assessment: Assessment) -> list[tuple[str, Texts]]:
    """Return every question of the version: code and text."""
    entries = question_texts(assessment.questionnaire_version)
    return [(code, entry["text"]) for code, entry in entries.items()]


def _told(
    event: AuditEvent,
    code: str,
    entry: Mapping[str, Any] | None,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
) -> ToldAnswer:
    return ToldAnswer(
        at=event.at,
        who=str(event.actor or event.actor_name),
        question=code,
        text=entry["text"] if entry else {"en": code},
        before=_said(entry, before) if before else "",
        after=_said(entry, after),
        reason=after.get("reason", ""),
        comment=after.get("comment", ""),
        evidence_url=after.get("evidence_url", ""),
        is_carried=event.verb == CARRIED,
        is_answer=before is None
        or any(before.get(name) != after.get(name) for name in ("state", "value")),
        via=event.via,
    )


def _said(entry: Mapping[str, Any] | None, said: Mapping[str, Any]) -> str:
    if entry is None:
        value = said.get("value")
        return str(said["state"] if value is None else value)
    return answer_text(entry, said["state"], said.get("value"))
