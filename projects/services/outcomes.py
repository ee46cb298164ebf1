"""How projects end or stand, and the post-mortem of those that failed."""

import datetime as dt
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.choices import Origin, OutcomeClass
from failures.models import Postmortem
from failures.services import postmortems
from projects.choices import CLOSING_OUTCOMES, OutcomeKind, ProjectState
from projects.models import Outcome, Project
from projects.services import reassessments
from projects.services.projects import locked
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError
from riskbase.shared.events import outbox

AUDITED = (
    "kind",
    "happened_on",
    "stage",
    "cost_minor",
    "currency",
    "statement",
    "postmortem",
)
STANDING = ("state", "current_outcome", "current_outcome_on")


class OutcomeFacts(TypedDict):
    """What is said of an ending; the cost is in minor units of its currency."""

    kind: str
    happened_on: dt.date
    stage: str
    cost_minor: NotRequired[int | None]
    currency: NotRequired[str]
    statement: NotRequired[str]


@transaction.atomic
def record(
    *, project: Project, by: User, at: dt.datetime, **facts: Unpack[OutcomeFacts]
) -> Outcome:
    """Record how the project ended or stands; the newest record is current.

    A closing outcome closes the project, "still running" keeps it open or opens
    it again. A correction of a closing outcome keeps its post-mortem, also when the
    ending was taken for a success in between.
    """
    project = locked(project)
    outcome = Outcome(project=project, recorded_by=by, **facts)
    earlier = project.outcomes.filter(is_current=True).first()
    _refuse_date(outcome, project, timezone.localdate(at))
    _refuse_cost(outcome)
    if earlier is not None:
        _retire(earlier, outcome)
    outcome.quarter = (
        outcome.happened_on.year * 4 + (outcome.happened_on.month - 1) // 3
    )
    outcome.save()
    trail.record(
        by=by,
        verb="outcome.recorded",
        target=outcome,
        after=trail.values_of(outcome, AUDITED),
    )
    _stand(project, outcome, by)
    outbox.emit(
        topic="outcome.recorded",
        target=outcome,
        payload={"project": str(project.pk), "kind": outcome.kind},
    )
    return outcome


@transaction.atomic
def link_postmortem(*, outcome: Outcome, postmortem: Postmortem, by: User) -> Outcome:
    """Tie a failure to the record that explains it; linking twice is linking once."""
    outcome = _locked(outcome)
    if outcome.postmortem_id == postmortem.pk:
        return outcome
    _refuse_link(outcome, postmortem)
    outcome.postmortem = postmortem
    outcome.save(update_fields=["postmortem"])
    trail.record(
        by=by,
        verb="outcome.postmortem_linked",
        target=outcome,
        before={"postmortem": None},
        after={"postmortem": str(postmortem.pk)},
    )
    outbox.emit(
        topic="outcome.recorded",
        target=outcome,
        payload={
            "project": str(outcome.project_id),
            "kind": outcome.kind,
            "postmortem": str(postmortem.pk),
        },
    )
    return outcome


@transaction.atomic
def start_postmortem(*, outcome: Outcome, by: User) -> Postmortem:
    """Return the outcome's post-mortem, beginning a draft when there is none."""
    outcome = _locked(outcome)
    if outcome.postmortem is not None:
        return outcome.postmortem
    _refuse_kind(outcome)
    project = outcome.project
    with translation.override(by.language):
        title = _("%(project)s: %(outcome)s") % {
            "project": project.name,
            "outcome": outcome.get_kind_display().lower(),
        }
    draft = postmortems.create_draft(
        unit=project.unit,
        by=by,
        title=title[:200],
        language=by.language,
        facts={
            "outcome": outcome.kind,
            "sector": project.sector,
            "task": project.task,
            "modality": project.modality,
            "sourcing": project.sourcing,
            "stage_detected": outcome.stage,
            "detected_on": outcome.happened_on,
            "cost_minor": outcome.cost_minor,
            "currency": outcome.currency,
        },
    )
    link_postmortem(outcome=outcome, postmortem=draft, by=by)
    return draft


def _locked(outcome: Outcome) -> Outcome:
    return (
        Outcome.objects.select_for_update(of=("self",))
        .select_related("project__unit", "postmortem")
        .get(pk=outcome.pk)
    )


def _retire(earlier: Outcome, outcome: Outcome) -> None:
    """Make room for the new current outcome, handing a correction the post-mortem."""
    earlier.is_current = False
    earlier.save(update_fields=["is_current"])
    explained = _explained_ending(earlier)
    if explained is not None and outcome.kind in OutcomeClass.values:
        outcome.postmortem, explained.postmortem = explained.postmortem, None
        explained.save(update_fields=["postmortem"])


def _explained_ending(earlier: Outcome) -> Outcome | None:
    """Return the record of the same ending that has its post-mortem.

    Closing records that follow each other correct one ending, also where one of them
    took it for a success; a reopening in between makes it another ending.
    """
    for record in earlier.project.outcomes.select_related("postmortem"):
        if record.kind not in CLOSING_OUTCOMES:
            return None
        if record.postmortem is not None:
            return record
    return None


def _stand(project: Project, outcome: Outcome, by: User) -> None:
    """Repeat the outcome on the project's row."""
    before = trail.values_of(project, STANDING)
    closes = outcome.kind in CLOSING_OUTCOMES
    project.state = ProjectState.CLOSED if closes else ProjectState.ACTIVE
    project.current_outcome = outcome.kind
    project.current_outcome_on = outcome.happened_on
    project.reassess_on = reassessments.expected(project)
    project.version += 1
    project.save()
    if before["state"] != project.state:
        trail.record(
            by=by,
            verb="project.closed" if closes else "project.reopened",
            target=project,
            before=before,
            after=trail.values_of(project, STANDING),
        )


def _refuse_date(outcome: Outcome, project: Project, today: dt.date) -> None:
    happened_on = outcome.happened_on
    if happened_on > today:
        raise DomainError(
            "outcome_in_future", _("This date is in the future."), field="happened_on"
        )
    if project.started_on and happened_on < project.started_on:
        raise DomainError(
            "outcome_before_start",
            _("This date is before the start of the project."),
            field="happened_on",
        )
    closed_on = (
        project.current_outcome_on if project.state == ProjectState.CLOSED else None
    )
    reopens = outcome.kind == OutcomeKind.STILL_RUNNING
    if reopens and closed_on and happened_on < closed_on:
        raise DomainError(
            "outcome_before_closing",
            _("The project ended after this date. To open it again, give a later one."),
            field="happened_on",
        )


def _refuse_cost(outcome: Outcome) -> None:
    if (outcome.cost_minor is None) != (not outcome.currency):
        raise DomainError(
            "cost_without_currency",
            _("Give both the cost and its currency."),
            field="currency",
        )


def _refuse_kind(outcome: Outcome) -> None:
    if outcome.kind not in OutcomeClass.values:
        raise DomainError(
            "outcome_is_no_failure",
            _("Only a failure or a near miss has a post-mortem."),
        )


def _refuse_link(outcome: Outcome, postmortem: Postmortem) -> None:
    _refuse_kind(outcome)
    if outcome.postmortem_id is not None:
        raise DomainError(
            "outcome_has_postmortem", _("This outcome already has its post-mortem.")
        )
    if postmortem.origin != Origin.OWN:
        raise DomainError(
            "postmortem_is_outside",
            _("This post-mortem tells of a project outside the organization."),
            field="postmortem",
        )
    if Outcome.objects.filter(postmortem=postmortem).exists():
        raise DomainError(
            "postmortem_linked_elsewhere",
            _("This post-mortem already explains another outcome."),
            field="postmortem",
        )
