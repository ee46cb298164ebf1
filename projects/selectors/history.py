"""What happened to a project, told from the audit trail."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst

from projects.choices import HISTORY
from projects.models import Assessment, Mitigation, Outcome, Project, ProjectText
from riskbase.shared.audit.models import AuditEvent

LIMIT = 200
QUIET = ("assessment.answered", "assessment.answer_carried", "assessment.commented")
"""One line an answer or a comment would drown the rest."""
KINDS = {
    "project.created": "success",
    "mitigation.verified": "success",
    "assessment.approved": "success",
    "assessment.rejected": "danger",
    "project.closed": "danger",
}
UNTOLD = {"verified_by"}
"""Fields that only repeat who did it."""
TEXTLESS = (models.ForeignKey, models.TextField, models.JSONField)
"""Kinds of fields whose values a line of history cannot show."""


@dataclass(frozen=True)
class Change:
    """A field that changed; both values are empty where they cannot be shown."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Happening:
    """One line of the history."""

    at: dt.datetime
    who: str
    title: str
    kind: str
    subject: Mapping[str, str] | str
    changes: tuple[Change, ...]


def history_of(project: Project) -> list[Happening]:
    """Return what was written of the project and all that hangs on it, newest first."""
    practices = dict(
        project.mitigations.annotate(title=F("practice__title")).values_list(
            "pk", "title"
        )
    )
    wanted = Q(target_type="projects.project", target_id=str(project.pk))
    for model, rows in (
        (Mitigation, practices),
        (Outcome, project.outcomes.values_list("pk", flat=True)),
        (Assessment, project.assessments.values_list("pk", flat=True)),
    ):
        wanted |= Q(
            target_type=model._meta.label_lower, target_id__in=[str(pk) for pk in rows]
        )
    told = AuditEvent.objects.filter(wanted).exclude(verb__in=QUIET)
    events = told.select_related("actor")[:LIMIT]
    titles = {str(pk): title for pk, title in practices.items()}
    return [_happening(event, titles) for event in events]


def _happening(event: AuditEvent, titles: Mapping[str, Any]) -> Happening:
    is_news = event.before is not None
    return Happening(
        at=event.at,
        who=str(event.actor or event.actor_name),
        title=str(HISTORY.get(event.verb) or _spelled(event.verb)),
        kind=KINDS.get(event.verb, ""),
        subject=titles.get(event.target_id, ""),
        changes=tuple(_changes(event)) if is_news else (),
    )


def _spelled(verb: str) -> str:
    return capfirst(verb.replace(".", " ").replace("_", " "))


def _changes(event: AuditEvent) -> Iterator[Change]:
    before = event.before or {}
    for name, value in sorted((event.after or {}).items()):
        if name in UNTOLD:
            continue
        if found := _field(event.target_type, name):
            label = capfirst(str(getattr(found, "verbose_name", name)))
            shown = not isinstance(found, TEXTLESS) and found.name != "cost_minor"
            yield (
                Change(label, _value(found, before.get(name)), _value(found, value))
                if shown
                else Change(label)
            )


def _field(target_type: str, name: str) -> Any:
    own = {"projects.project": (Project, ProjectText)}
    others = {
        model._meta.label_lower: (model,) for model in (Mitigation, Outcome, Assessment)
    }
    for model in (own | others).get(target_type, ()):
        for candidate in model._meta.get_fields():
            if candidate.name == name:
                return candidate
    return None


def _value(found: Any, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(found, models.DateField) and (day := parse_date(str(value)[:10])):
        return date_format(day)
    return str(dict(found.flatchoices).get(value, value))
