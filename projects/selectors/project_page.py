"""What the page of one project shows, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from failures.choices import COUNTED_STATES
from failures.models import FailureCause, Postmortem
from projects.choices import (
    FAILURES,
    AssessmentState,
    MitigationState,
    OutcomeKind,
    ProjectState,
)
from projects.models import (
    Assessment,
    Mitigation,
    Outcome,
    Project,
    ProjectCause,
    ScoringRun,
)

Texts = dict[str, str]
NEEDS_POSTMORTEM = FAILURES | {OutcomeKind.NEAR_MISS.value}


@dataclass(frozen=True)
class CauseRisk:
    """One cause's scores, 0 to 100."""

    slug: str
    title: Texts
    is_top_level: bool
    low: Decimal
    point: Decimal
    high: Decimal
    current: Decimal
    target: Decimal


@dataclass(frozen=True)
class PlannedPractice:
    """A mitigation with the titles of the causes it works against."""

    row: Mitigation
    causes: Sequence[Texts]
    is_overdue: bool


@dataclass(frozen=True)
class Ending:
    """How the project stands, with what had been predicted before."""

    current: Outcome | None
    earlier: Sequence[Outcome]
    prediction: ScoringRun | None
    postmortem: Postmortem | None
    """The record of the current outcome, if the reader may see it."""
    has_hidden_postmortem: bool
    needs_postmortem: bool


class Step(StrEnum):
    """Steps of the loop, in order."""

    ASSESS = "assess"
    MITIGATE = "mitigate"
    CLOSE = "close"
    EXPLAIN = "explain"
    LEARN = "learn"


@dataclass(frozen=True)
class Journey:
    """Where the project stands in the loop, and what comes next."""

    next: Step
    done: frozenset[Step]
    skipped: frozenset[Step] = frozenset()
    draft: Assessment | None = None
    is_overdue: bool = False
    postmortem_state: str = ""

    @property
    def is_published(self) -> bool:
        """Whether the failure's record counts in the statistics."""
        return self.postmortem_state in COUNTED_STATES


@dataclass(frozen=True)
class ProjectPage:
    """A project with everything counted for its tabs."""

    project: Project
    causes: Sequence[CauseRisk]
    assessments: Sequence[Assessment]
    mitigations: Sequence[PlannedPractice]
    ending: Ending

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which it was to be assessed again has passed."""
        due = self.project.reassess_on
        return due is not None and due < timezone.localdate()

    @cached_property
    def journey(self) -> Journey:
        """Where the project stands in the loop."""
        return journey_of(self)


def project_for_page(user: User) -> QuerySet[Project]:
    """Return the projects `user` may open, with what every tab needs."""
    return Project.objects.visible_to(user).select_related("unit", "owner", "text")


def project_page(project: Project, viewer: User) -> ProjectPage:
    """Gather the page; the number of queries does not depend on what is found."""
    titles = cause_titles()
    return ProjectPage(
        project=project,
        causes=cause_risks(project, titles),
        assessments=list(assessments_of(project)),
        mitigations=[_planned(row, titles) for row in mitigations_of(project)],
        ending=ending_of(project, viewer),
    )


def cause_titles() -> dict[str, Texts]:
    """Return slug -> title in every language, of the release in force."""
    return dict(FailureCause.objects.current().values_list("slug", "title"))


def cause_risks(project: Project, titles: dict[str, Texts]) -> list[CauseRisk]:
    """Return the project's causes, the worst first, each before its like below."""
    return [
        CauseRisk(
            slug=row.cause_slug,
            title=titles.get(row.cause_slug) or {"en": row.cause_slug},
            is_top_level=row.is_top_level,
            low=row.low,
            point=row.point,
            high=row.high,
            current=row.current,
            target=row.target,
        )
        for row in causes_of(project)
    ]


def causes_of(project: Project) -> QuerySet[ProjectCause]:
    """Return the rows of the project's causes, top-level first, worst first."""
    return project.cause_risks.order_by("-is_top_level", "-point", "cause_slug")


def assessments_of(project: Project) -> QuerySet[Assessment]:
    """Return the project's assessments, newest first, named by their questionnaire."""
    return (
        project.assessments.select_related("started_by", "submitted_by")
        .annotate(
            title=F("questionnaire_version__document__title"),
            number=F("questionnaire_version__number"),
        )
        .order_by("-id")
    )


def mitigations_of(project: Project) -> QuerySet[Mitigation]:
    """Return the project's mitigations, dropped ones last."""
    return project.mitigations.select_related(
        "practice", "owner", "verified_by", "project"
    ).order_by("id")


def outcomes_of(project: Project) -> QuerySet[Outcome]:
    """Return what was recorded of the project, newest first."""
    return project.outcomes.select_related("recorded_by", "postmortem").order_by("-id")


def ending_of(project: Project, viewer: User) -> Ending:
    """Return how the project stands, and the prediction it can be held against."""
    recorded = list(outcomes_of(project))
    current = recorded[0] if recorded else None
    linked = current.postmortem_id if current is not None else None
    readable = Postmortem.objects.visible_to(viewer).prefetch_related("texts")
    postmortem = readable.filter(pk=linked).first() if linked else None
    return Ending(
        current=current,
        earlier=recorded[1:],
        prediction=_prediction(project, current),
        postmortem=postmortem,
        has_hidden_postmortem=linked is not None and postmortem is None,
        needs_postmortem=current is not None and current.kind in NEEDS_POSTMORTEM,
    )


def journey_of(page: ProjectPage) -> Journey:
    """Return where the project stands in the loop.

    A project that ended is not sent back to be assessed: what was not done
    before the end is skipped.
    """
    ending, project = page.ending, page.project
    is_closed = project.state == ProjectState.CLOSED
    has_plan = any(one.row.state != MitigationState.DROPPED for one in page.mitigations)
    is_overdue = _is_overdue(project)
    explained = bool(ending.postmortem) or ending.has_hidden_postmortem
    reached = {
        Step.ASSESS: project.is_assessed,
        Step.MITIGATE: has_plan,
        Step.CLOSE: is_closed,
        Step.EXPLAIN: is_closed and explained,
    }
    needed = {
        Step.ASSESS: not is_closed,
        Step.MITIGATE: not is_closed and not is_overdue,
        Step.CLOSE: True,
        Step.EXPLAIN: not is_closed or ending.needs_postmortem,
    }
    done = frozenset(step for step, yes in reached.items() if yes)
    open_steps = [step for step in needed if needed[step] and step not in done]
    drafts = (one for one in page.assessments if one.state == AssessmentState.DRAFT)
    return Journey(
        next=open_steps[0] if open_steps else Step.LEARN,
        done=done,
        skipped=frozenset(step for step in needed if not needed[step]) - done,
        draft=next(drafts, None),
        is_overdue=is_overdue,
        postmortem_state=ending.postmortem.state if ending.postmortem else "",
    )


def _is_overdue(project: Project) -> bool:
    """Whether the result was due, and nobody has said since how it stands."""
    if project.due_on is None or project.due_on >= timezone.localdate():
        return False
    said_on = project.current_outcome_on
    return said_on is None or said_on < project.due_on


def _planned(row: Mitigation, titles: dict[str, Texts]) -> PlannedPractice:
    is_open = row.state in {MitigationState.PLANNED, MitigationState.IMPLEMENTED}
    return PlannedPractice(
        row=row,
        causes=[titles[slug] for slug in row.practice.cause_slugs if slug in titles],
        is_overdue=is_open
        and row.due_on is not None
        and row.due_on < timezone.localdate(),
    )


def _prediction(project: Project, outcome: Outcome | None) -> ScoringRun | None:
    """Return the last run frozen before the outcome was recorded."""
    runs = ScoringRun.objects.filter(assessment__project=project).order_by("-id")
    if outcome is not None:
        runs = runs.filter(created_at__lte=outcome.recorded_at)
    return runs.first()
