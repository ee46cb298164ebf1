"""The stored result of an assessment, in words; nothing here is scored again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from projects.models import Assessment, ProjectCause, ScoringRun
from projects.scoring import rounded
from projects.selectors.filling import Filling
from projects.selectors.knowledge import Knowledge, Texts, knowledge_in_force
from projects.selectors.wording import answer_text, choice_text

Json = dict[str, Any]


@dataclass(frozen=True)
class Scores:
    """A stored interval in tenths."""

    low: Decimal
    point: Decimal
    high: Decimal


@dataclass(frozen=True)
class Driver:
    """What one answer adds to a cause, in points; the shown parts add up."""

    code: str
    section: str
    text: Texts
    answer: str
    points: Decimal


@dataclass(frozen=True)
class CauseResult:
    """A cause with its interval and what drove it; no scores: not assessed."""

    slug: str
    title: Texts
    is_binding: bool
    scores: Scores | None
    current: Decimal | None
    target: Decimal | None
    drivers: list[Driver] = field(default_factory=list)
    lift: Decimal | None = None
    """Points that a floor adds to what the answers add up to."""


@dataclass(frozen=True)
class FiredFloor:
    """A fatal answer, in words."""

    question: Texts
    answer: str
    cause: Texts
    score: int


@dataclass(frozen=True)
class FiredGate:
    """A demand that holds whatever the score."""

    message: Texts
    effect: str
    practice: str


@dataclass(frozen=True)
class Result:
    """Everything a run froze, ready to print."""

    run: ScoringRun
    overall: Scores | None
    impact: Scores | None
    causes: list[CauseResult]
    floors: list[FiredFloor]
    gates: list[FiredGate]
    dropped: list[Texts]

    @property
    def assessed(self) -> list[CauseResult]:
        """The strongest first."""
        found = [cause for cause in self.causes if cause.scores]
        return sorted(found, key=lambda c: -c.scores.point if c.scores else 0)

    @property
    def not_assessed(self) -> list[CauseResult]:
        return [cause for cause in self.causes if not cause.scores]

    @property
    def binding(self) -> CauseResult | None:
        return next((cause for cause in self.causes if cause.is_binding), None)


def result_of(run: ScoringRun, filling: Filling) -> Result:
    """Read the run's record; `filling` gives the words of questions and answers."""
    stored: Json = json.loads(run.record.result)["result"]
    knowledge = knowledge_in_force()
    residues = _residues(run, filling.assessment)
    top_level = [
        slug for slug, cause in stored["causes"].items() if cause["top_level"] == slug
    ]
    return Result(
        run=run,
        overall=scores_in(stored["overall"]),
        impact=scores_in(stored["impact"]["interval"]),
        causes=[
            _cause(slug, stored, filling, knowledge, residues.get(slug))
            for slug in sorted(top_level, key=knowledge.position)
        ],
        floors=[_floor(floor, filling, knowledge) for floor in stored["floors"]],
        gates=[_gate(gate, filling) for gate in stored["gates"]["fired"]],
        dropped=[filling.entries[code]["text"] for code in stored["hidden"]],
    )


def profile_of(run: ScoringRun) -> dict[str, float]:
    """Return the point of every assessed cause and sub-cause."""
    causes: Json = json.loads(run.record.result)["result"]["causes"]
    return {
        slug: float(cause["interval"]["point"]["decimal"])
        for slug, cause in causes.items()
        if cause["interval"]
    }


def runs_of(assessment: Assessment) -> list[tuple[ScoringRun, Decimal | None]]:
    """Return the project's runs, the newest first, each with its change in points."""
    runs = list(
        ScoringRun.objects.filter(assessment__project=assessment.project_id)
        .select_related(
            "assessment__questionnaire_version__questionnaire", "created_by"
        )
        .order_by("-id")[:20]
    )
    before: list[ScoringRun | None] = [*runs[1:], None]
    return [(run, _change(run, old)) for run, old in zip(runs, before, strict=True)]


def _change(run: ScoringRun, before: ScoringRun | None) -> Decimal | None:
    if before is None or run.point is None or before.point is None:
        return None
    return run.point - before.point


def _residues(run: ScoringRun, assessment: Assessment) -> dict[str, ProjectCause]:
    """Return what mitigations leave; known of the project's current run only."""
    if assessment.project.current_run_id != run.pk:
        return {}
    rows = ProjectCause.objects.filter(project=assessment.project_id)
    return {row.cause_slug: row for row in rows}


def _cause(
    slug: str,
    stored: Json,
    filling: Filling,
    knowledge: Knowledge,
    residue: ProjectCause | None,
) -> CauseResult:
    cause = stored["causes"][slug]
    lines = cause["contributions"]
    lift = next((line for line in lines if line["question"] is None), None)
    drivers = [
        driver_of(line, filling)
        for line in lines
        if line["question"] is not None and Decimal(line["shown"])
    ]
    return CauseResult(
        slug=slug,
        title=knowledge.title(slug),
        is_binding=slug == stored["binding_cause"],
        scores=scores_in(cause["interval"]),
        current=residue.current if residue else None,
        target=residue.target if residue else None,
        drivers=sorted(drivers, key=lambda driver: -driver.points),
        lift=Decimal(lift["shown"]) if lift else None,
    )


def driver_of(line: Json, filling: Filling) -> Driver:
    """Return a stored contribution in words."""
    code = line["question"]
    entry = filling.entries[code]
    answer = filling.sheet[code]
    return Driver(
        code=code,
        section=filling.section_of(code),
        text=entry["text"],
        answer=answer_text(entry, answer.state.value, answer.value),
        points=Decimal(line["shown"]),
    )


def _floor(floor: Json, filling: Filling, knowledge: Knowledge) -> FiredFloor:
    entry = filling.entries[floor["question"]]
    return FiredFloor(
        question=entry["text"],
        answer=choice_text(entry, floor["choice"]),
        cause=knowledge.title(floor["cause"]),
        score=floor["score"],
    )


def _gate(gate: Json, filling: Filling) -> FiredGate:
    gates = filling.assessment.questionnaire_version.document.get("gates", [])
    messages: dict[str, Texts] = {each["code"]: each["message"] for each in gates}
    return FiredGate(
        message=messages.get(gate["code"], {"en": gate["code"]}),
        effect=gate["effect"],
        practice=gate["practice"] or "",
    )


def scores_in(interval: Mapping[str, Any] | None) -> Scores | None:
    """Return a stored interval in tenths."""
    return None if interval is None else scores_of(interval)


def scores_of(interval: Mapping[str, Any]) -> Scores:
    """Return a stored interval in tenths."""
    low, point, high = (
        rounded([Fraction(interval[bound]["exact"])])[0]
        for bound in ("low", "point", "high")
    )
    return Scores(low, point, high)
