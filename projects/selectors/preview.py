"""The running interval per cause while an assessment is being filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from projects.instruments import cause_map, plan_of
from projects.models import Assessment
from projects.scoring import CauseScore, Interval, RiskScore, rounded, score_with
from projects.selectors.filling import Filling, filling_of
from projects.selectors.knowledge import Knowledge, Texts, knowledge_in_force
from projects.selectors.results import Scores


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
class ScalePreview:
    """One scale of an additive questionnaire: points, and percent of its maximum."""

    title: Texts
    points: Scores
    percent: Scores
    most: int


@dataclass(frozen=True)
class Preview:
    """All top-level causes in the tree's order, or scales, and how sure this is."""

    causes: list[CausePreview]
    scales: list[ScalePreview]
    completeness: Decimal
    is_empty: bool


def preview(assessment: Assessment) -> Preview | None:
    """Score the answers as they stand, without keeping anything."""
    return preview_of(filling_of(assessment))


def preview_of(filling: Filling) -> Preview | None:
    """Score a filling that is read already; None before the own estimate is settled."""
    if not filling.assessment.shows_result:
        return None
    version = filling.assessment.questionnaire_version
    risk = score_with(plan_of(version, cause_map()), filling.sheet)
    return preview_from(risk, version.document, is_empty=not filling.answers)


def preview_from(
    risk: RiskScore, document: Mapping[str, Any], *, is_empty: bool
) -> Preview:
    """Return what is shown of a score while answers are still coming."""
    knowledge = knowledge_in_force()
    causes = sorted(risk.top_level, key=lambda c: knowledge.position(c.slug))
    return Preview(
        causes=[_preview(risk, cause, knowledge) for cause in causes],
        scales=_scales(risk, document),
        completeness=Decimal(round(risk.completeness * 1000)) / 1000,
        is_empty=is_empty,
    )


def _scales(risk: RiskScore, document: Mapping[str, Any]) -> list[ScalePreview]:
    titles = {each["code"]: each["title"] for each in document.get("scales", [])}
    return [
        ScalePreview(
            title=titles[scale.code],
            points=_tenths(scale.interval, Fraction(1)),
            percent=_tenths(scale.interval, 100 / scale.reach),
            most=int(scale.reach),
        )
        for scale in (risk.points.scales if risk.points else ())
        if scale.reach
    ]


def _tenths(interval: Interval, factor: Fraction) -> Scores:
    low, point, high = (
        rounded([bound * factor])[0]
        for bound in (interval.low, interval.point, interval.high)
    )
    return Scores(low, point, high)


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
