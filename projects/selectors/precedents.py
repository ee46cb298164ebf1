"""What to do next: questions that narrow, practices that help, cases alike."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.core.cache import cache

from accounts.models import User
from failures.models import Practice, PublishedRate
from failures.selectors.precedents import NearCase, nearest_cases
from projects.instruments import instrument_of, plan_of
from projects.models import Assessment, Mitigation, ScoringRun
from projects.scoring import (
    RiskScore,
    most_telling,
    rounded,
    score_with,
    sheet_from_json,
)
from projects.scoring.mitigation import promise
from projects.selectors.filling import Filling
from projects.selectors.knowledge import Texts, knowledge_in_force
from projects.selectors.results import profile_of

DRIVING = 25
"""Least score of a cause that practices are recommended against."""


@dataclass(frozen=True)
class Telling:
    """An open question and how far its answer narrows the overall interval."""

    code: str
    section: str
    text: Texts
    points: Decimal


@dataclass(frozen=True)
class Recommendation:
    """A practice with the points it may take off, all top-level causes together."""

    practice: Practice
    causes: list[Texts]
    points: Decimal
    state: str
    """State of the project's mitigation; empty where none is planned."""


def telling_questions(
    run: ScoringRun, filling: Filling, limit: int = 3
) -> list[Telling]:
    """Return the open questions worth answering first; a run is frozen, so cached."""
    key = f"telling:{run.result_digest}:{limit}"
    found: list[tuple[str, str]] | None = cache.get(key)
    if found is None:
        found = _telling(run, limit)
        cache.set(key, found, timeout=7 * 86_400)
    return [
        Telling(
            code,
            filling.section_of(code),
            filling.entries[code]["text"],
            Decimal(points),
        )
        for code, points in found
    ]


def recommendations(
    run: ScoringRun, assessment: Assessment, limit: int = 6
) -> list[Recommendation]:
    """Return practices against the causes that drive the risk, the strongest first."""
    risk = _risk(run)
    plan = plan_of(assessment.questionnaire_version, run.record.causes)
    driving = {
        cause.slug
        for cause in risk.causes
        if cause.interval and cause.interval.point > DRIVING
    }
    weighed = {slug for question in plan.questions for slug, _ in question.weights}
    tops = {cause.slug for cause in risk.top_level} & driving
    wanted = driving | {s for s in weighed if run.record.causes.get(s) in tops}
    practices = Practice.objects.filter(
        is_retired=False, cause_slugs__overlap=sorted(wanted)
    )
    ranked = sorted(
        (
            (
                promise(plan, risk, Fraction(each.effect), frozenset(each.cause_slugs)),
                each,
            )
            for each in practices
        ),
        key=lambda pair: (-pair[0], pair[1].slug),
    )
    return _recommended(ranked[:limit], assessment)


def similar_cases(run: ScoringRun, viewer: User, limit: int = 3) -> list[NearCase]:
    """Return the published records nearest to the run's causes."""
    return nearest_cases(user=viewer, profile=profile_of(run), limit=limit)


def published_rates(run: ScoringRun, limit: int = 4) -> list[PublishedRate]:
    """Return figures from the literature on the strongest causes, reliable first."""
    profile = profile_of(run)
    strongest = sorted(profile, key=lambda slug: -profile[slug])[:8]
    rates = PublishedRate.objects.filter(cause_slug__in=[*strongest, ""]).exclude(
        value=None
    )
    order = {"strong": 0, "moderate": 1, "weak": 2, "anecdotal": 3, "argument": 4}
    ranked = sorted(rates, key=lambda rate: (order[rate.reliability], rate.position))
    return ranked[:limit]


def _risk(run: ScoringRun) -> RiskScore:
    version = run.assessment.questionnaire_version
    sheet = sheet_from_json(instrument_of(version), run.record.sheet)
    return score_with(plan_of(version, run.record.causes), sheet)


def _telling(run: ScoringRun, limit: int) -> list[tuple[str, str]]:
    instrument = instrument_of(run.assessment.questionnaire_version)
    sheet = sheet_from_json(instrument, run.record.sheet)
    narrowings = most_telling(instrument, sheet, run.record.causes, limit=limit)
    return [
        (n.question, str(rounded([max(n.expected, Fraction())])[0])) for n in narrowings
    ]


def _recommended(
    ranked: list[tuple[Fraction, Practice]], assessment: Assessment
) -> list[Recommendation]:
    knowledge = knowledge_in_force()
    states = dict(
        Mitigation.objects.filter(project=assessment.project_id)
        .exclude(state="dropped")
        .values_list("practice_id", "state")
    )
    return [
        Recommendation(
            practice=practice,
            causes=[knowledge.title(slug) for slug in practice.cause_slugs],
            points=rounded([points])[0],
            state=states.get(practice.pk, ""),
        )
        for points, practice in ranked
        if points > 0
    ]
