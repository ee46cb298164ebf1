"""Questionnaire versions while they are written: who did what, and what may follow."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.permissions import may_author
from projects.choices import QuestionnaireState
from projects.models import QuestionnaireVersion
from projects.models.questionnaire import VersionQuerySet
from projects.selectors.knowledge import Texts
from projects.selectors.questionnaires import versions_for
from riskbase.shared.audit.models import AuditEvent

OPEN = (QuestionnaireState.DRAFT, QuestionnaireState.IN_REVIEW)
LIMIT = 50
STEPS = {
    "questionnaire.begun": _("Begun"),
    "questionnaire.imported": _("Imported from a survey"),
    "questionnaire.edited": _("Changed"),
    "questionnaire.sent": _("Handed in for review"),
    "questionnaire.taken_back": _("Taken back"),
    "questionnaire.sent_back": _("Returned for changes"),
    "questionnaire.published": _("Published"),
    "questionnaire.retired": _("Retired"),
}
"""Audited verb -> how the history of a version tells it."""
MANY = "questionnaire.edited"
"""Of a row of changes by one person only the newest is told."""


@dataclass(frozen=True)
class Draft:
    """A version that is being written, as far as its text can be read."""

    version: QuestionnaireVersion
    title: Texts
    questions: int


@dataclass(frozen=True)
class Step:
    """Something that was done with a version."""

    at: dt.datetime
    who: str
    title: str
    note: str
    is_alone: bool
    """Whether the same person published because nobody else could."""


def open_versions(user: Person) -> VersionQuerySet:
    """Return drafts and versions in review, for authors alone."""
    if not may_author(user):
        return QuestionnaireVersion.objects.none()
    rows = versions_for(user).filter(state__in=OPEN)
    return rows.select_related("questionnaire", "written_by", "sent_by")


def drafts_for(user: Person) -> list[Draft]:
    """Return what is being written, the newest first."""
    return [draft_of(version) for version in open_versions(user).order_by("-id")]


def draft_of(version: QuestionnaireVersion) -> Draft:
    """Return a version with what can be read of it."""
    return Draft(version, title_of(version), questions_in(version.document))


def title_of(version: QuestionnaireVersion) -> Texts:
    """Return the title of a document that need not have one."""
    title = version.document.get("title")
    known = title if isinstance(title, dict) else {}
    texts = {k: v for k, v in known.items() if isinstance(v, str)}
    return texts or {"en": version.questionnaire.code}


def questions_in(document: dict[str, Any]) -> int:
    """Count the questions of a document that need not be whole."""
    sections = document.get("sections")
    count = 0
    for section in sections if isinstance(sections, list) else []:
        questions = section.get("questions") if isinstance(section, dict) else None
        count += len(questions) if isinstance(questions, list) else 0
    return count


def steps_of(version: QuestionnaireVersion) -> list[Step]:
    """Return who did what with a version, the newest first."""
    events = AuditEvent.objects.filter(
        target_type=version._meta.label_lower,
        target_id=str(version.pk),
        verb__in=STEPS,
    ).select_related("actor")
    told: list[AuditEvent] = []
    for event in events[:LIMIT]:
        before = told[-1] if told else None
        is_more = before is not None and before.verb == event.verb == MANY
        if not is_more or before is None or before.actor_id != event.actor_id:
            told.append(event)
    return [_step(event) for event in told]


def _step(event: AuditEvent) -> Step:
    after = event.after or {}
    return Step(
        at=event.at,
        who=str(event.actor or event.actor_name),
        title=capfirst(str(STEPS[event.verb])),
        note=str(after.get("note") or "") if event.verb.endswith("sent_back") else "",
        is_alone=bool(after.get("nobody_else_could")),
    )
