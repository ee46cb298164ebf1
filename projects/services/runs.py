"""Scoring runs: written once, never changed, and what the project shows of them."""

import datetime as dt
import hashlib
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.instruments import cause_map, instrument_of, plan_of, sheet_of
from projects.models import Assessment, Project, ProjectCause, ScoringRecord, ScoringRun
from projects.scoring import (
    ENGINE_VERSION,
    AnswerSheet,
    CauseMap,
    CauseScore,
    Interval,
    Plan,
    RiskScore,
    replay,
    rounded,
    score_with,
)
from projects.scoring.mitigation import shares
from projects.services import mitigations, reassessments
from riskbase.shared.errors import DomainError


def write(
    *, assessment: Assessment, by: User, at: dt.datetime
) -> tuple[ScoringRun, RiskScore]:
    """Score the answers as they stand and keep the run with its record.

    Called inside the transaction that locks the assessment. Raises DomainError
    `not_assessable` when nothing that counts is answered.
    """
    version = assessment.questionnaire_version
    sheet = sheet_of(instrument_of(version), assessment.answers.all())
    causes = cause_map()
    risk = score_with(plan_of(version, causes), sheet)
    if risk.not_assessable:
        raise DomainError(
            "not_assessable",
            _(
                "Nothing that counts is answered yet, so there is nothing to assess. "
                "An empty form is not a low risk."
            ),
        )
    run = _run(assessment, risk, by, at)
    _keep(run, sheet, causes)
    return run, risk


def make_current(*, project: Project, run: ScoringRun, risk: RiskScore) -> None:
    """Repeat the run's numbers on the locked project and on its causes."""
    project.current_run = run
    project.current_low, project.current_point = run.low, run.point
    project.current_high, project.current_impact = run.high, run.impact
    project.current_tier = run.tier
    project.current_provisional = run.provisional
    project.current_cause = run.binding_cause
    project.current_scored_at = run.created_at
    project.reassess_on = reassessments.expected(project)
    project.version += 1
    project.save()
    plan = plan_of(run.assessment.questionnaire_version, cause_map())
    ProjectCause.objects.filter(project=project).delete()
    ProjectCause.objects.bulk_create(
        _cause_row(project, cause, cause.interval, plan)
        for cause in risk.causes
        if cause.interval is not None
    )
    mitigations.refresh_causes(project=project)


def replayed(record: ScoringRecord) -> bytes:
    """Score a stored record again with its own version and causes."""
    version = record.run.assessment.questionnaire_version
    return replay(version.document, record.sheet, record.causes)


def _run(
    assessment: Assessment, risk: RiskScore, by: User, at: dt.datetime
) -> ScoringRun:
    overall = risk.overall
    impact = risk.impact.interval
    return ScoringRun(
        assessment=assessment,
        instrument_digest=assessment.questionnaire_version.digest,
        engine_version=ENGINE_VERSION,
        low=_tenths(overall.low) if overall else None,
        point=_tenths(overall.point) if overall else None,
        high=_tenths(overall.high) if overall else None,
        impact=_tenths(impact.point) if impact else None,
        tier=risk.tier.value if risk.tier else "",
        provisional=risk.provisional,
        completeness=_share(risk.completeness),
        binding_cause=risk.binding_cause or "",
        own_estimate=assessment.own_estimate,
        created_at=at,
        created_by=by,
    )


def _keep(run: ScoringRun, sheet: AnswerSheet, causes: CauseMap) -> None:
    version = run.assessment.questionnaire_version
    result = replay(version.document, sheet.to_json(), causes)
    run.result_digest = hashlib.sha256(result).hexdigest()
    run.save(force_insert=True)
    ScoringRecord.objects.create(
        run=run, sheet=sheet.to_json(), causes=dict(causes), result=result.decode()
    )


def _cause_row(
    project: Project, cause: CauseScore, interval: Interval, plan: Plan
) -> ProjectCause:
    point = _tenths(interval.point)
    parts = shares(plan, cause) if cause.slug == cause.top_level else {}
    return ProjectCause(
        project=project,
        cause_slug=cause.slug,
        is_top_level=cause.slug == cause.top_level,
        low=_tenths(interval.low),
        point=point,
        high=_tenths(interval.high),
        current=point,
        target=point,
        shares={slug: str(_share(part)) for slug, part in parts.items()},
    )


def _tenths(value: Fraction) -> Decimal:
    return rounded([value])[0]


def _share(value: Fraction) -> Decimal:
    return Decimal(round(value * 10**4)).scaleb(-4)
