"""Assessments for lists, and the pages around filling one in."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from projects.models import Assessment, EvidenceFile, ScoringRun
from projects.models.assessment import AssessmentQuerySet
from projects.scoring import Section
from projects.scoring.answers import AnswerState
from projects.scoring.reach import Progress, is_asked
from projects.selectors.filling import Filling
from projects.selectors.knowledge import Texts
from projects.selectors.wording import answer_text

NOT_STARTED, IN_PROGRESS, DONE = "not_started", "in_progress", "done"


@dataclass(frozen=True)
class SectionTask:
    """One line of the task list."""

    number: int
    code: str
    title: Texts
    description: Texts
    state: str
    progress: Progress
    minutes_left: int
    waiting: int = 0
    """How many of its questions people still talk about."""


@dataclass(frozen=True)
class TaskList:
    """The sections with what is left to do."""

    sections: list[SectionTask]
    progress: Progress
    minutes_left: int

    @property
    def waiting(self) -> int:
        """How many questions people still talk about."""
        return sum(task.waiting for task in self.sections)

    @property
    def next(self) -> SectionTask | None:
        """The first section with something left to answer."""
        return next((task for task in self.sections if task.progress.left), None)

    def after(self, code: str) -> SectionTask | None:
        """Return the section that follows, None after the last."""
        codes = [task.code for task in self.sections]
        place = codes.index(code) + 1
        return self.sections[place] if place < len(codes) else None

    def before(self, code: str) -> SectionTask | None:
        """Return the section that precedes, None before the first."""
        codes = [task.code for task in self.sections]
        place = codes.index(code) - 1
        return self.sections[place] if place >= 0 else None


@dataclass(frozen=True)
class CheckedAnswer:
    """A question on the page where answers are checked."""

    code: str
    section: str
    text: Texts
    answer: str
    state: str
    reason: str
    comment: str
    evidence_url: str
    files: list[EvidenceFile]


@dataclass(frozen=True)
class CheckedSection:
    """The asked questions of a section with their answers."""

    code: str
    title: Texts
    answers: list[CheckedAnswer]


@dataclass(frozen=True)
class CheckPage:
    """All answers, and those worth a second look."""

    sections: list[CheckedSection]

    def _in(self, state: str) -> list[CheckedAnswer]:
        return [
            answer
            for section in self.sections
            for answer in section.answers
            if answer.state == state
        ]

    @property
    def blank(self) -> list[CheckedAnswer]:
        return self._in(AnswerState.BLANK)

    @property
    def unknown(self) -> list[CheckedAnswer]:
        return self._in(AnswerState.UNKNOWN)

    @property
    def not_applicable(self) -> list[CheckedAnswer]:
        return self._in(AnswerState.NOT_APPLICABLE)

    @property
    def answered(self) -> list[CheckedAnswer]:
        return self._in(AnswerState.ANSWERED)


def visible_assessments(user: User) -> AssessmentQuerySet:
    """Return what `user` may read, with all a list or page of one needs."""
    return Assessment.objects.visible_to(user).select_related(
        "project__unit",
        "questionnaire_version__questionnaire",
        "started_by",
        "submitted_by",
        "decided_by",
    )


def filtered(rows: AssessmentQuerySet, chosen: dict[str, Any]) -> AssessmentQuerySet:
    """Narrow a list by state, tier, unit (with those below) and text."""
    if state := chosen.get("state"):
        rows = rows.filter(state=state)
    if tier := chosen.get("tier"):
        rows = rows.filter(tier=tier)
    if unit := chosen.get("unit"):
        rows = rows.filter(project__unit__ancestry__ancestor=unit)
    if text := chosen.get("q"):
        rows = rows.filter(project__name__icontains=text)
    return rows


def run_of(assessment: Assessment) -> ScoringRun | None:
    """Return the run that scored a submitted assessment."""
    return assessment.runs.select_related("record").first()


def task_list(filling: Filling, waiting: Collection[str] = ()) -> TaskList:
    """Return the sections with their state and what is left.

    `waiting` are the questions about which a conversation is open.
    """
    sections = [
        _task(filling, number, section, waiting)
        for number, section in enumerate(filling.instrument.sections, 1)
    ]
    return TaskList(
        sections=sections,
        progress=filling.progress,
        minutes_left=sum(task.minutes_left for task in sections),
    )


def check_page(filling: Filling) -> CheckPage:
    """Return every asked question with its answer in words."""
    return CheckPage(
        [
            CheckedSection(
                section.code,
                filling.section_entries[section.code]["title"],
                [
                    _checked(filling, section.code, question.code)
                    for question in section.questions
                    if is_asked(filling.reach[question.code])
                ],
            )
            for section in filling.instrument.sections
        ]
    )


def _task(
    filling: Filling, number: int, section: Section, waiting: Collection[str]
) -> SectionTask:
    entry = filling.section_entries[section.code]
    progress = filling.progress_in(section)
    return SectionTask(
        number=number,
        code=section.code,
        title=entry["title"],
        description=entry.get("description", {}),
        state=_state(progress),
        progress=progress,
        minutes_left=_minutes_left(entry["minutes"], progress),
        waiting=sum(question.code in waiting for question in section.questions),
    )


def _state(progress: Progress) -> str:
    if not progress.left:
        return DONE
    return IN_PROGRESS if progress.settled else NOT_STARTED


def _minutes_left(minutes: int, progress: Progress) -> int:
    """Spread a section's minutes evenly over its questions, rounded up."""
    if not progress.asked:
        return 0
    return -(-minutes * progress.left // progress.asked)


def _checked(filling: Filling, section: str, code: str) -> CheckedAnswer:
    row = filling.answers.get(code)
    entry = filling.entries[code]
    state = filling.sheet[code].state.value
    return CheckedAnswer(
        code=code,
        section=section,
        text=entry["text"],
        answer=answer_text(entry, state, row.value if row else None),
        state=state,
        reason=row.reason if row else "",
        comment=row.comment if row else "",
        evidence_url=row.evidence_url if row else "",
        files=filling.evidence.get(code, []),
    )
