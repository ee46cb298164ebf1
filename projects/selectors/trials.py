"""A document tried out: answers to it are scored, and nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from projects.choices import AnswerState
from projects.instruments import Entry
from projects.models import Answer, Assessment, QuestionnaireVersion
from projects.scoring import AnswerError, Plan, parse_answer, resolve, score_with
from projects.scoring import AnswerSheet as Sheet
from projects.scoring.reach import reach_of
from projects.selectors.conditions import condition_text
from projects.selectors.filling import Filling
from projects.selectors.preview import Preview, preview_from
from projects.selectors.questions import AskedQuestion, SectionPage, section_page


@dataclass(frozen=True)
class TriedQuestion:
    """A question with what makes it appear."""

    question: AskedQuestion
    condition: str
    refused: str
    """Code of the refusal of what was entered; empty when it fits."""


@dataclass(frozen=True)
class TriedSection:
    """A section with all its questions, closed ones too."""

    page: SectionPage
    questions: list[TriedQuestion]


@dataclass(frozen=True)
class Trial:
    """What assessors would see, and what the answers so far would say."""

    sections: list[TriedSection]
    preview: Preview
    tier: str
    is_provisional: bool
    gates: list[dict[str, Any]]
    asked: int


def trial_of(
    document: dict[str, Any], plan: Plan, entries: Mapping[str, Entry]
) -> Trial:
    """Fill a compiled document in; an answer that does not fit counts as blank."""
    filling, refused = fill_in(document, plan, entries)
    risk = score_with(plan, filling.sheet)
    fired = {gate.code for gate in risk.gates.fired}
    pages = [section_page(filling, s.code) for s in plan.instrument.sections]
    return Trial(
        sections=[
            TriedSection(page, [_tried(q, refused, filling) for q in page.questions])
            for page in pages
            if page is not None
        ],
        preview=preview_from(risk, document, is_empty=not filling.sheet.answers),
        tier=risk.tier.value if risk.tier else "",
        is_provisional=risk.provisional,
        gates=[gate for gate in document.get("gates", []) if gate["code"] in fired],
        asked=filling.progress.asked,
    )


def fill_in(
    document: dict[str, Any], plan: Plan, entries: Mapping[str, Entry]
) -> tuple[Filling, dict[str, str]]:
    """Return a filling of rows that are nowhere stored, and refusals by question."""
    answers, refused = _answers(plan, entries)
    return _filling(document, plan, answers, entries), refused


def _answers(
    plan: Plan, entries: Mapping[str, Entry]
) -> tuple[dict[str, Any], dict[str, str]]:
    answers, refused = {}, {}
    for question in plan.questions:
        entry = entries.get(question.code)
        if entry is None or entry.state == AnswerState.BLANK:
            continue
        try:
            answers[question.code] = parse_answer(
                question, entry.state, entry.value, entry.reason
            )
        except AnswerError as error:
            refused[question.code] = error.code
    return answers, refused


def _filling(
    document: dict[str, Any],
    plan: Plan,
    answers: Mapping[str, Any],
    entries: Mapping[str, Entry],
) -> Filling:
    sheet = Sheet(answers)
    resolution = resolve(plan.instrument, sheet)
    version = QuestionnaireVersion(document=document)
    rows = {
        code: Answer(
            question=code, state=entry.state, value=entry.value, reason=entry.reason
        )
        for code, entry in entries.items()
        if entry.state in AnswerState.values
    }
    return Filling(
        assessment=Assessment(questionnaire_version=version),
        instrument=plan.instrument,
        answers=rows,
        sheet=sheet,
        resolution=resolution,
        reach=reach_of(resolution),
    )


def _tried(
    question: AskedQuestion, refused: Mapping[str, str], filling: Filling
) -> TriedQuestion:
    condition = question.entry.get("visible_when", "")
    if condition:
        condition = condition_text(condition, filling.entries)
    return TriedQuestion(question, condition, refused.get(question.code, ""))
