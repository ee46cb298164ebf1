"""What a what-if starts from: a frozen run, and the practices that work today."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from failures.models import Practice
from projects.choices import MitigationState
from projects.instruments import instrument_of, plan_of
from projects.models import Assessment, Mitigation, ScoringRun
from projects.scoring import AnswerSheet, Plan, score_with, sheet_from_json
from projects.scoring.candidates import DEFAULT_COST, PracticeChange
from projects.scoring.mitigation import promise
from projects.scoring.outlook import WorkingPractice

COSTS: dict[str, int] = {MitigationState.IMPLEMENTED: 5, MitigationState.PLANNED: 8}
"""What is under way costs less than what is to be begun; only to break ties."""


@dataclass(frozen=True)
class Ground:
    """A run, compiled, with the verified practices of its project."""

    assessment: Assessment
    run: ScoringRun
    plan: Plan
    sheet: AnswerSheet
    at_work: tuple[WorkingPractice, ...]

    @cached_property
    def catalogue(self) -> dict[str, Practice]:
        """All practices by slug, read once for any number of scenarios."""
        return {practice.slug: practice for practice in Practice.objects.all()}


def ground_of(assessment: Assessment) -> Ground | None:
    """Return the ground of an assessment; None before it was ever submitted."""
    run = assessment.runs.select_related("record").first()
    if run is None:
        return None
    version = assessment.questionnaire_version
    verified = Mitigation.objects.filter(
        project=assessment.project_id, state=MitigationState.VERIFIED
    ).select_related("practice")
    return Ground(
        assessment=assessment,
        run=run,
        plan=plan_of(version, run.record.causes),
        sheet=sheet_from_json(instrument_of(version), run.record.sheet),
        at_work=tuple(working(mitigation.practice) for mitigation in verified),
    )


def working(practice: Practice) -> WorkingPractice:
    """Return a practice of the catalogue as one at work."""
    return WorkingPractice(
        practice.slug, Fraction(practice.effect), frozenset(practice.cause_slugs)
    )


def practices_beside(ground: Ground) -> list[Practice]:
    """Return the practices against causes of the questionnaire that do not work yet."""
    slugs = {slug for question in ground.plan.questions for slug, _ in question.weights}
    slugs |= {ground.plan.causes[slug] for slug in slugs if slug in ground.plan.causes}
    rows = Practice.objects.filter(is_retired=False, cause_slugs__overlap=sorted(slugs))
    return list(rows.exclude(slug__in=[practice.slug for practice in ground.at_work]))


def practices_by_promise(
    ground: Ground, most: int
) -> tuple[list[Practice], list[Practice]]:
    """Return the practices that may take most off this result, and all others."""
    risk = score_with(ground.plan, ground.sheet)
    ranked = sorted(
        practices_beside(ground),
        key=lambda each: (
            -promise(
                ground.plan, risk, Fraction(each.effect), frozenset(each.cause_slugs)
            ),
            each.slug,
        ),
    )
    return ranked[:most], ranked[most:]


def practice_changes(ground: Ground) -> list[PracticeChange]:
    """Return what putting each further practice to work would cost."""
    states = dict(
        Mitigation.objects.filter(project=ground.assessment.project_id).values_list(
            "practice_id", "state"
        )
    )
    return [
        PracticeChange(working(each), COSTS.get(states.get(each.pk, ""), DEFAULT_COST))
        for each in practices_beside(ground)
    ]
