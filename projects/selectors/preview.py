"""The running interval per cause while an assessment is being filled in."""

from dataclasses import dataclass
from decimal import Decimal

from projects.instruments import cause_map, plan_of
from projects.models import Assessment
from projects.scoring import CauseScore, RiskScore, rounded, score_with
from projects.selectors.filling import Filling, filling_of
from projects.selectors.knowledge import Knowledge, Texts, knowledge_in_force


@dataclass(frozen=True)
class CausePreview:
    """One top-level cause as it stands now; no point means not assessed."""

    slug: str
    title: Texts
    low: Decimal | None
    point: Decimal | None
    high: Decimal | None
    is_binding: bool


@dataclass(frozen=True)
class Preview:
    """All top-level causes in the tree's order, and how sure this is."""

    causes: list[CausePreview]
    completeness: Decimal
    is_empty: bool


def preview(assessment: Assessment) -> Preview:
    """Score the answers as they stand, without keeping anything."""
    return preview_of(filling_of(assessment))


def preview_of(filling: Filling) -> Preview:
    """Score a filling that is read already."""
    version = filling.assessment.questionnaire_version
    risk = score_with(plan_of(version, cause_map()), filling.sheet)
    return preview_from(risk, is_empty=not filling.answers)


def preview_from(risk: RiskScore, *, is_empty: bool) -> Preview:
    """Return what is shown of a score while answers are still coming."""
    knowledge = knowledge_in_force()
    causes = sorted(risk.top_level, key=lambda c: knowledge.position(c.slug))
    return Preview(
        causes=[_preview(risk, cause, knowledge) for cause in causes],
        completeness=Decimal(round(risk.completeness * 1000)) / 1000,
        is_empty=is_empty,
    )


def _preview(risk: RiskScore, cause: CauseScore, knowledge: Knowledge) -> CausePreview:
    interval = cause.interval
    bounds = (interval.low, interval.point, interval.high) if interval else ()
    low, point, high = (
        (rounded([each])[0] for each in bounds) if interval else (None,) * 3
    )
    return CausePreview(
        slug=cause.slug,
        title=knowledge.title(cause.slug),
        low=low,
        point=point,
        high=high,
        is_binding=cause.slug == risk.binding_cause,
    )
