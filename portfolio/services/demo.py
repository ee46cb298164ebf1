"""The demo portfolio: invented rows, marked as such, through the real services."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.services.units import create_unit
from failures.choices import ActionKind, ActionState
from failures.models import FailureCause, Postmortem, Practice
from failures.services import actions, coding, postmortems
from failures.services.coding import Judgement
from portfolio.stats import simulation
from portfolio.stats.simulation import PLACES, Invented
from projects.choices import AnswerState, Tier
from projects.instruments import cause_map, instrument_of
from projects.models import Answer, Outcome, Project, QuestionnaireVersion
from projects.services import answers, assessments, mitigations, outcomes, projects
from riskbase.shared.errors import DomainError

MARK = "(demo)"
COMPANY = f"Northwind {MARK}"
QUESTIONNAIRE = "full-intake"
CURRENCY = "EUR"
STAGES = ("data_preparation", "training", "evaluation", "deployment")


@dataclass
class Loaded:
    """What was made."""

    units: int = 0
    projects: int = 0
    assessments: int = 0
    outcomes: int = 0
    postmortems: int = 0
    mitigations: int = 0


@dataclass(frozen=True)
class Ground:
    """What all invented projects stand on."""

    by: User
    at: dt.datetime
    units: Sequence[Unit]
    version: QuestionnaireVersion
    top_of: Mapping[str, str]
    below: Mapping[str, Sequence[str]]
    practices: Sequence[Practice]
    made: Loaded = field(default_factory=Loaded)

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.at)


@transaction.atomic
def load(*, by: User, at: dt.datetime) -> Loaded:
    """Make the demo portfolio; where it is there already nothing changes.

    Raises DomainError without content to build on.
    """
    if Unit.objects.filter(is_demo=True).exists():
        return Loaded()
    version = (
        QuestionnaireVersion.objects.published()
        .filter(questionnaire__code=QUESTIONNAIRE)
        .first()
    )
    if version is None or not cause_map():
        raise DomainError(
            "content_missing", _("Load the content first: manage.py load_content.")
        )
    ground = Ground(
        by=by,
        at=at,
        units=_units(by),
        version=version,
        top_of=cause_map(),
        below=_below(),
        practices=list(Practice.objects.filter(is_retired=False)),
    )
    ground.made.units = len(ground.units) + 1
    for invented in simulation.invent(ground.today):
        _make(invented, ground)
    return ground.made


def _units(by: User) -> list[Unit]:
    company = create_unit(name=COMPANY, parent=None, by=by)
    units = [
        create_unit(name=f"{place.name} {MARK}", parent=company, by=by)
        for place in PLACES
    ]
    marked = [company.pk, *(unit.pk for unit in units)]
    Unit.objects.filter(pk__in=marked).update(is_demo=True)
    return units


def _below() -> dict[str, list[str]]:
    """Return the direct sub-causes of each top-level cause."""
    below: dict[str, list[str]] = {}
    rows = FailureCause.objects.current().filter(parent__parent=None)
    for slug, parent in rows.values_list("slug", "parent__slug"):
        if parent:
            below.setdefault(parent, []).append(slug)
    return below


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def _make(invented: Invented, ground: Ground) -> None:
    project = projects.create(
        unit=ground.units[invented.place],
        by=ground.by,
        owner=ground.by,
        facts={
            "name": f"{invented.name} {MARK}",
            "stage": _stage(invented, ground),
            "sector": PLACES[invented.place].sector,
            "task": invented.task,
            "modality": invented.modality,
            "sourcing": invented.sourcing,
            "started_on": invented.started_on,
            "due_on": invented.due_on,
        },
        text={"description": str(_("An invented project of the demo portfolio."))},
    )
    Project.objects.filter(pk=project.pk).update(is_demo=True)
    ground.made.projects += 1
    if invented.is_assessed:
        _assess(project, invented, ground)
    if invented.is_recorded(ground.today):
        _end(project, invented, ground)
    else:
        _mitigate(project, ground)


def _stage(invented: Invented, ground: Ground) -> str:
    """Return how far the project is today."""
    if invented.ended_on <= ground.today:
        return "operation" if invented.outcome == "success" else invented.stage_detected
    whole = (invented.ended_on - invented.started_on).days
    passed = (ground.today - invented.started_on).days
    return STAGES[min(len(STAGES) - 1, len(STAGES) * passed // whole)]


def _assess(project: Project, invented: Invented, ground: Ground) -> None:
    """Answer the whole intake two weeks after the start, and submit it."""
    draft = assessments.start(project=project, version=ground.version, by=ground.by)
    given = simulation.answers_of(
        invented, instrument_of(ground.version).questions, ground.top_of
    )
    Answer.objects.bulk_create(
        Answer(
            assessment=draft,
            question=code,
            state=AnswerState.UNKNOWN if value is None else AnswerState.ANSWERED,
            value=value,
            changed_by=ground.by,
        )
        for code, value in given.items()
    )
    answers.count(draft)
    draft.own_estimate = invented.own_estimate
    draft.save()
    when = _moment(invented.started_on + dt.timedelta(days=14))
    assessments.submit(assessment=draft, by=ground.by, at=min(when, ground.at))
    ground.made.assessments += 1


def _end(project: Project, invented: Invented, ground: Ground) -> None:
    paid = invented.cost_minor if invented.outcome != "success" else None
    recorded = _moment(invented.ended_on)
    outcome = outcomes.record(
        project=project,
        by=ground.by,
        at=max(recorded, _moment(invented.started_on)),
        kind=invented.outcome,
        happened_on=invented.ended_on,
        stage=invented.stage_detected,
        cost_minor=paid,
        currency=CURRENCY if paid is not None else "",
        statement=str(_("An invented ending of the demo portfolio.")),
    )
    Outcome.objects.filter(pk=outcome.pk).update(recorded_at=recorded)
    ground.made.outcomes += 1
    if invented.outcome != "success" and invented.causes and invented.is_coded:
        _explain(outcome, invented, ground)


def _explain(outcome: Outcome, invented: Invented, ground: Ground) -> None:
    """Write, code and publish the post-mortem a month after the end."""
    record = outcomes.start_postmortem(outcome=outcome, by=ground.by)
    Postmortem.objects.filter(pk=record.pk).update(is_demo=True)
    detected = invented.ended_on - dt.timedelta(days=7)
    spread = (detected - invented.introduced_on).days // 2
    record = postmortems.save_step(
        postmortem=record,
        by=ground.by,
        values={
            "summary": str(_("An invented record of the demo portfolio.")),
            "stage_introduced": invented.stage_introduced,
            "stage_detected": invented.stage_detected,
            "introduced_on": invented.introduced_on,
            "detectable_on": invented.introduced_on + dt.timedelta(days=spread),
            "detected_on": detected,
        },
    )
    draw = random.Random(simulation.SEED - invented.number)  # noqa: S311 - invented
    for index, cause in enumerate(invented.causes):
        deeper = ground.below.get(cause, [])[:3]
        chosen = draw.choice(deeper) if deeper and draw.random() < 0.7 else cause
        coding.add(
            postmortem=record,
            cause=chosen,
            judgement=Judgement(
                role="root" if index == 0 else "contributing",
                confidence=draw.choice(("known", "probable")),
                evidence=str(_("Invented.")),
            ),
            by=ground.by,
        )
        if index == 0:
            _follow_up(record, chosen, invented, ground)
    when = _moment(invented.ended_on + dt.timedelta(days=30))
    postmortems.publish(postmortem=record, by=ground.by, at=min(when, ground.at))
    ground.made.postmortems += 1


def _follow_up(
    record: Postmortem, cause: str, invented: Invented, ground: Ground
) -> None:
    """Plan one action against the root cause; most of those long due are done."""
    due = invented.ended_on + dt.timedelta(days=90)
    action = actions.add(
        postmortem=record,
        by=ground.by,
        values={
            "text": str(_("An invented follow-up of the demo portfolio.")),
            "kind": ActionKind.PREVENT,
            "cause_slug": cause,
            "owner": ground.by,
            "due_on": due,
        },
    )
    if due < ground.today and invented.number % 3:
        actions.set_state(action=action, state=ActionState.DONE, by=ground.by)


def _mitigate(project: Project, ground: Ground) -> None:
    """Plan a practice against the binding cause of a risky project."""
    project.refresh_from_db()
    if project.current_tier not in {Tier.HIGH, Tier.CRITICAL}:
        return
    top = ground.top_of.get(project.current_cause, project.current_cause)
    against = [
        practice
        for practice in ground.practices
        if any(ground.top_of.get(slug, slug) == top for slug in practice.cause_slugs)
    ]
    for days, practice in zip((30, 60), against, strict=False):
        due = ground.today + dt.timedelta(days=days)
        facts = {"owner": ground.by, "due_on": due}
        mitigations.plan(project=project, practice=practice, by=ground.by, facts=facts)
        ground.made.mitigations += 1
