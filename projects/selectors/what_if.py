"""Scenarios side by side with the result they start from, in words and numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from failures.models import Practice
from projects.instruments import question_texts
from projects.models import Assessment, Scenario
from projects.scoring import (
    Answer,
    AnswerError,
    Gate,
    Interval,
    Question,
    parse_answer,
    rounded,
)
from projects.scoring.scenario import Comparison, Prospect, compare, prospect
from projects.scoring.scenario import Scenario as Changes
from projects.selectors.grounds import Ground, working
from projects.selectors.knowledge import Knowledge, Texts, knowledge_in_force
from projects.selectors.results import Scores
from projects.selectors.wording import answer_text


@dataclass(frozen=True)
class ChangedAnswer:
    """One answer that a scenario changes."""

    code: str
    text: Texts
    before: str
    after: str


@dataclass(frozen=True)
class CauseCell:
    """One cause in one column: what is left of it, and the change from today."""

    slug: str
    title: Texts
    left: Scores | None
    change: Decimal | None


@dataclass(frozen=True)
class Column:
    """One result: today's (without a scenario), or a scenario's."""

    scenario: Scenario | None
    tier: str
    is_provisional: bool
    overall: Scores | None
    impact: Scores | None
    causes: list[CauseCell]
    gates: list[Texts]
    tier_change: int | None = None
    gates_fired: list[Texts] = field(default_factory=list)
    gates_lifted: list[Texts] = field(default_factory=list)
    answers: list[ChangedAnswer] = field(default_factory=list)
    practices: list[Texts] = field(default_factory=list)
    opened: list[Texts] = field(default_factory=list)
    closed: list[Texts] = field(default_factory=list)


@dataclass(frozen=True)
class CauseRow:
    """One cause across all columns."""

    title: Texts
    cells: tuple[CauseCell, ...]


def rows_of(columns: Sequence[Column]) -> list[CauseRow]:
    """Return the columns' causes row by row."""
    rows = zip(*(column.causes for column in columns), strict=True)
    return [CauseRow(cells[0].title, cells) for cells in rows]


def scenarios_of(assessment: Assessment) -> QuerySet[Scenario]:
    """Return the scenarios of an assessment that the caller was allowed to read."""
    return Scenario.objects.filter(assessment=assessment).select_related("created_by")


def today(ground: Ground) -> Column:
    """Return the result as it stands, with the practices that work."""
    told = _Words(ground)
    now = prospect(ground.plan, ground.sheet, ground.at_work)
    return _column(told, now, practices=told.practices(p.slug for p in ground.at_work))


def columns_of(ground: Ground, scenarios: Sequence[Scenario]) -> list[Column]:
    """Return each scenario beside today's result."""
    told = _Words(ground)
    return [_beside(told, each) for each in scenarios]


def imagined(
    ground: Ground, changed: Mapping[str, Answer], practices: Sequence[Practice]
) -> Column:
    """Return, in words, what changed answers and practices would lead to."""
    found = compare_with(ground, changed, practices)
    return _compared(_Words(ground), found, changed, practices, None)


def answers_in(
    questions: Mapping[str, Question], written: Mapping[str, Mapping[str, Any]]
) -> dict[str, Answer]:
    """Read stored answers; what no longer fits its question is left out."""
    found = {}
    for code, said in written.items():
        try:
            found[code] = parse_answer(
                questions[code],
                said["state"],
                said.get("value"),
                said.get("reason", ""),
            )
        except (AnswerError, KeyError):
            continue
    return found


def comparison_of(ground: Ground, scenario: Scenario) -> Comparison:
    """Return a scenario beside the result it starts from, in exact numbers."""
    changed = _changed(ground, scenario)
    return compare_with(ground, changed, _practices(ground, scenario))


def _changed(ground: Ground, scenario: Scenario) -> dict[str, Answer]:
    """Read its answers: saved against an earlier run, some may no longer fit."""
    questions = {question.code: question for question in ground.plan.questions}
    return answers_in(questions, scenario.answers)


def _practices(ground: Ground, scenario: Scenario) -> list[Practice]:
    known = ground.catalogue
    return [known[slug] for slug in scenario.practices if slug in known]


def _beside(told: "_Words", scenario: Scenario) -> Column:
    changed = _changed(told.ground, scenario)
    practices = _practices(told.ground, scenario)
    found = compare_with(told.ground, changed, practices)
    return _compared(told, found, changed, practices, scenario)


def compare_with(
    ground: Ground, changed: Mapping[str, Answer], practices: Sequence[Practice]
) -> Comparison:
    """Compare changed answers and further practices with the ground."""
    changes = Changes(changed, tuple(working(each) for each in practices))
    return compare(ground.plan, ground.sheet, changes, at_work=ground.at_work)


def _compared(
    told: "_Words",
    found: Comparison,
    changed: Mapping[str, Answer],
    practices: Sequence[Practice],
    scenario: Scenario | None,
) -> Column:
    return _column(
        told,
        found.after,
        found,
        scenario=scenario,
        tier_change=found.tier_change,
        gates_fired=told.gates(found.gates_fired),
        gates_lifted=told.gates(found.gates_lifted),
        answers=told.answers(changed),
        practices=[practice.title for practice in practices],
        opened=told.questions(found.questions_opened),
        closed=told.questions(found.questions_closed),
    )


def _column(
    told: "_Words",
    shown: Prospect,
    found: Comparison | None = None,
    scenario: Scenario | None = None,
    **more: Any,
) -> Column:
    risk = shown.risk
    changes = {each.slug: each.current_change for each in found.causes} if found else {}
    causes = sorted(risk.top_level, key=lambda c: told.knowledge.position(c.slug))
    return Column(
        scenario=scenario,
        tier=shown.outlook.tier.value if shown.outlook.tier else "",
        is_provisional=risk.provisional,
        overall=scores_of(shown.outlook.overall),
        impact=scores_of(risk.impact.interval),
        causes=[
            CauseCell(
                slug=cause.slug,
                title=told.knowledge.title(cause.slug),
                left=scores_of(shown.outlook.left.get(cause.slug)),
                change=tenths(changes.get(cause.slug)),
            )
            for cause in causes
        ],
        gates=told.gates(risk.gates.fired),
        **more,
    )


def scores_of(interval: Interval | None) -> Scores | None:
    """Return an interval in tenths."""
    if interval is None:
        return None
    bounds = (interval.low, interval.point, interval.high)
    return Scores(*(rounded([bound])[0] for bound in bounds))


def tenths(points: Fraction | None) -> Decimal | None:
    """Return points rounded to tenths, None as it is."""
    return None if points is None else Decimal(round(points * 10)) / 10


class _Words:
    """The words of one questionnaire version."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.knowledge: Knowledge = knowledge_in_force()
        version = ground.assessment.questionnaire_version
        self._entries = question_texts(version)
        gates = version.document.get("gates", [])
        self._messages: dict[str, Texts] = {g["code"]: g["message"] for g in gates}

    def questions(self, codes: Iterable[str]) -> list[Texts]:
        return [self._entries[code]["text"] for code in codes]

    def gates(self, gates: Iterable[Gate]) -> list[Texts]:
        return [self._messages.get(gate.code, {"en": gate.code}) for gate in gates]

    def practices(self, slugs: Iterable[str]) -> list[Texts]:
        known = self.ground.catalogue
        return [known[slug].title for slug in slugs]

    def answers(self, changed: Mapping[str, Answer]) -> list[ChangedAnswer]:
        return [
            ChangedAnswer(
                code=code,
                text=self._entries[code]["text"],
                before=self._said(code, self.ground.sheet[code]),
                after=self._said(code, changed[code]),
            )
            for code in self._entries
            if code in changed and changed[code] != self.ground.sheet[code]
        ]

    def _said(self, code: str, answer: Answer) -> str:
        return answer_text(self._entries[code], answer.state.value, answer.value)
