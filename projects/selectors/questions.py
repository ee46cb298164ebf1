"""One question as the intake shows it: words, control, answer, faults."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from projects.choices import AnswerState
from projects.instruments import Entry
from projects.models import Answer, EvidenceFile
from projects.scoring import Question
from projects.scoring.reach import Reach, is_asked
from projects.selectors.filling import Filling
from projects.selectors.knowledge import Knowledge, Texts, knowledge_in_force
from projects.selectors.questionnaires import CauseWeight, citations_of, weights_of
from projects.selectors.threads import Talk, talks_of
from projects.selectors.wording import answer_text

UNKNOWN, NOT_APPLICABLE = "state:unknown", "state:not_applicable"
CHOICE_INPUTS = {"single": "radio", "scale": "radio", "multiple": "checkbox"}


@dataclass(frozen=True)
class Option:
    """One offered answer."""

    value: str
    text: Texts
    is_chosen: bool
    is_retired: bool = False
    """Shown only because it is the answer: new answers cannot take it."""


@dataclass(frozen=True)
class Rival:
    """What somebody else saved while this answer was being written."""

    by: str
    at: dt.datetime | None
    text: str
    comment: str


@dataclass(frozen=True)
class AskedQuestion:
    """Everything the template of one question prints."""

    code: str
    number: int
    kind: str
    entry: dict[str, Any]
    reach: Reach
    options: list[Option]
    said: Entry
    is_unknown: bool
    is_not_applicable: bool
    allow_unknown: bool
    allow_not_applicable: bool
    causes: list[CauseWeight]
    citations: list[str]
    stored: Answer | None
    errors: Mapping[str, str] = field(default_factory=dict)
    rival: Rival | None = None
    talks: list[Talk] = field(default_factory=list)
    """Open conversations about it."""
    files: list[EvidenceFile] = field(default_factory=list)

    @property
    def is_change_asked(self) -> bool:
        """Whether a reviewer asks for another answer."""
        return any(talk.thread.asks_change for talk in self.talks)

    @property
    def is_asked(self) -> bool:
        return is_asked(self.reach)

    @property
    def is_shown(self) -> bool:
        """Asked, or closed with an answer that must not vanish."""
        return self.is_asked or self.said.state != AnswerState.BLANK

    @property
    def may_not_apply(self) -> bool:
        return self.reach is Reach.MAYBE

    @property
    def input_type(self) -> str:
        return CHOICE_INPUTS.get(self.kind, "")

    @property
    def control(self) -> str:
        """The template of the answer control."""
        name = "choices" if self.kind in CHOICE_INPUTS else self.kind
        return f"projects/_control_{name}.html"

    @property
    def version(self) -> int:
        return self.stored.version if self.stored else 0

    @property
    def text_value(self) -> str:
        return "" if self.said.value is None else str(self.said.value)

    @property
    def is_answered(self) -> bool:
        return self.said.state != AnswerState.BLANK

    @property
    def has_notes(self) -> bool:
        return bool(self.said.comment or self.said.evidence_url or self.files)


@dataclass(frozen=True)
class SectionPage:
    """The questions of one section."""

    code: str
    title: Texts
    description: Texts
    questions: list[AskedQuestion]

    @property
    def errors(self) -> list[AskedQuestion]:
        return [question for question in self.questions if question.errors]


def section_page(
    filling: Filling,
    code: str,
    entered: Mapping[str, Entry] | None = None,
    faults: Mapping[str, Any] | None = None,
) -> SectionPage | None:
    """Return a section's questions; what was `entered` stands before what is stored.

    `faults` are the refusals by question: their words are shown beside the fields.
    """
    section = filling.section(code)
    if section is None:
        return None
    knowledge = knowledge_in_force()
    entry = filling.section_entries[code]
    faults = faults or {}
    talks = talks_of(filling, only_open=True)
    questions = [
        replace(
            _asked(filling, knowledge, question, number),
            talks=talks.get(question.code, []),
            files=filling.evidence.get(question.code, []),
        )
        for number, question in enumerate(section.questions, 1)
    ]
    return SectionPage(
        code=code,
        title=entry["title"],
        description=entry.get("description", {}),
        questions=[
            _entered(question, (entered or {}).get(question.code), faults)
            for question in questions
        ],
    )


def asked_question(filling: Filling, code: str) -> AskedQuestion:
    """Return one question alone."""
    return _asked(filling, knowledge_in_force(), filling.questions[code], 0)


def differing(filling: Filling, entries: Mapping[str, Entry]) -> list[str]:
    """Return the questions to which `entries` say something else than is stored."""
    return [
        code
        for code, entry in entries.items()
        if _words(entry) != _words(_said(filling.answers.get(code)))
    ]


def rival_of(entry: Mapping[str, Any], row: Answer) -> Rival:
    """Return the stored answer that stands against an entered one."""
    return Rival(
        by=str(row.changed_by or ""),
        at=row.changed_at,
        text=answer_text(entry, row.state, row.value),
        comment=row.comment,
    )


def _asked(
    filling: Filling, knowledge: Knowledge, question: Question, number: int
) -> AskedQuestion:
    entry = filling.entries[question.code]
    row = filling.answers.get(question.code)
    said = _said(row)
    return AskedQuestion(
        code=question.code,
        number=number,
        kind=question.kind.value,
        entry=entry,
        reach=filling.reach[question.code],
        options=_options(entry, said),
        said=said,
        is_unknown=said.state == AnswerState.UNKNOWN,
        is_not_applicable=said.state == AnswerState.NOT_APPLICABLE,
        allow_unknown=question.allow_unknown,
        allow_not_applicable=question.allow_not_applicable,
        causes=weights_of(question, knowledge),
        citations=citations_of(entry, knowledge),
        stored=row,
    )


def _entered(
    question: AskedQuestion, entry: Entry | None, faults: Mapping[str, Any]
) -> AskedQuestion:
    """Put what a person entered, and what is wrong with it, over what is stored."""
    fault = faults.get(question.code)
    if entry is None or fault is None:
        return question
    rival = getattr(fault, "current", None)
    return replace(
        question,
        said=entry,
        options=_options(question.entry, entry),
        is_unknown=entry.state == AnswerState.UNKNOWN,
        is_not_applicable=entry.state == AnswerState.NOT_APPLICABLE,
        stored=rival or question.stored,
        errors={fault.field or "value": str(fault.message)},
        rival=rival_of(question.entry, rival) if rival is not None else None,
    )


def _words(entry: Entry) -> tuple[str, ...]:
    """Return an entry as a browser would send it, where "4" and 4 are the same."""
    values = entry.value if isinstance(entry.value, list | tuple) else [entry.value]
    spoken = sorted(str(value) for value in values if value is not None)
    rest = (entry.reason, entry.comment, entry.evidence_url)
    return (entry.state, *spoken, *(text.strip() for text in rest))


def _said(row: Answer | None) -> Entry:
    if row is None:
        return Entry(AnswerState.BLANK)
    return Entry(row.state, row.value, row.reason, row.comment, row.evidence_url)


def _options(entry: Mapping[str, Any], said: Entry) -> list[Option]:
    chosen = said.value if isinstance(said.value, list | tuple) else [said.value]
    picked = {str(value) for value in chosen}
    if entry["kind"] == "scale":
        labels = {1: entry.get("low_label", {}), 5: entry.get("high_label", {})}
        steps = [(str(step), labels.get(step, {})) for step in range(1, 6)]
        return [Option(value, text, value in picked) for value, text in steps]
    return [
        Option(
            choice["code"],
            choice["text"],
            choice["code"] in picked,
            is_retired=choice.get("retired", False),
        )
        for choice in entry.get("choices", [])
        if choice["code"] in picked or not choice.get("retired", False)
    ]
