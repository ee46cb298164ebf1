"""The stored points of an additive questionnaire, in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from projects.models import ScoringRun
from projects.scoring import rounded
from projects.selectors.filling import Filling
from projects.selectors.knowledge import Texts
from projects.selectors.results import Driver, Scores, driver_of, scores_of


@dataclass(frozen=True)
class ScaleResult:
    """One sum of points, with the most that one project can have."""

    title: Texts
    scores: Scores
    reach: Decimal
    sections: list["SectionResult"]
    drivers: list[Driver]
    """The answers that give points, the most first; they add up to the point."""


@dataclass(frozen=True)
class SectionResult:
    """One section's part of a scale."""

    title: Texts
    point: Decimal
    most: int
    is_full: bool
    """Every point of it is given: the sum must not hide that."""


@dataclass(frozen=True)
class AdjustmentResult:
    """Whether a rule holds, and how many points it lacks."""

    message: Texts
    holds: bool
    missing: Decimal


@dataclass(frozen=True)
class PointsResult:
    """What the points came to; no level: not assessable."""

    total: Scores
    most: int
    level: Texts | None
    scales: list[ScaleResult]
    adjustments: list[AdjustmentResult]


def points_result(run: ScoringRun, filling: Filling) -> PointsResult | None:
    """Return the points of a run, or nothing where signals were weighted."""
    stored: Mapping[str, Any] | None = json.loads(run.record.result)["result"].get(
        "points"
    )
    if stored is None:
        return None
    document = filling.assessment.questionnaire_version.document
    scales, levels = _titles(document, "scales"), _titles(document, "bands")
    messages = {
        each["code"]: each["message"] for each in document.get("adjustments", [])
    }
    return PointsResult(
        total=scores_of(stored["total"]),
        most=stored["most"],
        level=levels.get(stored["band"]),
        scales=[
            _scale(scales[code], each, filling)
            for code, each in stored["scales"].items()
        ],
        adjustments=[
            AdjustmentResult(
                messages[each["code"]], each["holds"], _tenth(each["missing"])
            )
            for each in stored["adjustments"]
        ],
    )


def _scale(title: Texts, stored: Mapping[str, Any], filling: Filling) -> ScaleResult:
    """Return a scale; of equal sets of questions only one is ever asked."""
    scores, reach = scores_of(stored["interval"]), _tenth(stored["reach"])
    drivers = [
        driver_of(line, filling)
        for line in stored["contributions"]
        if Decimal(line["shown"])
    ]
    return ScaleResult(
        title=title,
        scores=replace(scores, high=min(scores.high, reach)),
        reach=reach,
        sections=[
            SectionResult(
                title=filling.section_entries[each["section"]]["title"],
                point=scores_of(each["interval"]).point,
                most=each["most"],
                is_full=each["full"],
            )
            for each in stored["sections"]
            if each["most"]
        ],
        drivers=sorted(drivers, key=lambda driver: -driver.points),
    )


def _titles(document: Mapping[str, Any], key: str) -> dict[str, Texts]:
    return {each["code"]: each["title"] for each in document[key]}


def _tenth(number: Mapping[str, str]) -> Decimal:
    return rounded([Fraction(number["exact"])])[0]
