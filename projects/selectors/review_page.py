"""Everything a reviewer reads: questions, answers, what changed, conversations."""

import datetime as dt
from dataclasses import dataclass

from projects.models import EvidenceFile, ScoringRun
from projects.scoring.reach import is_asked
from projects.selectors.filling import Filling
from projects.selectors.knowledge import Texts
from projects.selectors.reviews import AskedReview, reviews_of
from projects.selectors.rounds import baseline_of, changed_between
from projects.selectors.threads import Talk, said_text, talks_of
from projects.selectors.wording import answer_text


@dataclass(frozen=True)
class ReviewedQuestion:
    """A question with its answer, who gave it, and what it was at the last submission."""

    code: str
    section: str
    text: Texts
    answer: str
    reason: str
    comment: str
    evidence_url: str
    files: list[EvidenceFile]
    by: str
    at: dt.datetime | None
    is_changed: bool
    before: str
    talks: list[Talk]

    @property
    def key(self) -> str:
        """What names it on a page."""
        return f"open-{self.code}"

    @property
    def open_talks(self) -> int:
        return sum(talk.is_open for talk in self.talks)


@dataclass(frozen=True)
class ReviewedSection:
    """A section, its questions, and the verdicts on it."""

    code: str
    title: Texts
    questions: list[ReviewedQuestion]
    reviews: list[AskedReview]

    @property
    def open_talks(self) -> int:
        return sum(question.open_talks for question in self.questions)

    @property
    def changed(self) -> int:
        return sum(question.is_changed for question in self.questions)


@dataclass(frozen=True)
class ReviewPage:
    """The review page; `is_compared`: there is an earlier submission."""

    sections: list[ReviewedSection]
    reviews: list[AskedReview]
    is_compared: bool

    @property
    def questions(self) -> list[ReviewedQuestion]:
        return [question for section in self.sections for question in section.questions]

    @property
    def changed(self) -> int:
        return sum(section.changed for section in self.sections)

    @property
    def open_changes(self) -> list[ReviewedQuestion]:
        """The questions about which a change is still asked for."""
        return [
            question
            for question in self.questions
            if any(talk.is_open and talk.thread.asks_change for talk in question.talks)
        ]


@dataclass(frozen=True)
class _Reading:
    """What the page is put together from."""

    filling: Filling
    talks: dict[str, list[Talk]]
    before: dict[str, str]
    """Question that changed -> its answer at the last submission, in words."""


def review_page(filling: Filling) -> ReviewPage:
    """Return the questions that are asked, and those that people talk about."""
    assessment = filling.assessment
    baseline = baseline_of(assessment)
    reading = _Reading(filling, talks_of(filling), _before(filling, baseline))
    reviews = reviews_of(assessment)
    return ReviewPage(
        sections=[
            ReviewedSection(
                code=section.code,
                title=filling.section_entries[section.code]["title"],
                questions=[
                    _question(reading, section.code, question.code)
                    for question in section.questions
                    if is_asked(filling.reach[question.code])
                    or question.code in reading.talks
                ],
                reviews=[
                    asked for asked in reviews if asked.review.section == section.code
                ],
            )
            for section in filling.instrument.sections
        ],
        reviews=reviews,
        is_compared=baseline is not None,
    )


def _before(filling: Filling, baseline: ScoringRun | None) -> dict[str, str]:
    if baseline is None:
        return {}
    sheet = baseline.record.sheet
    return {
        code: said_text(filling.entries[code], sheet.get(code))
        for code in changed_between(sheet, filling.sheet.to_json())
        if code in filling.entries
    }


def _question(reading: _Reading, section: str, code: str) -> ReviewedQuestion:
    filling = reading.filling
    row, entry = filling.answers.get(code), filling.entries[code]
    return ReviewedQuestion(
        code=code,
        section=section,
        text=entry["text"],
        answer=answer_text(
            entry, filling.sheet[code].state.value, row.value if row else None
        ),
        reason=row.reason if row else "",
        comment=row.comment if row else "",
        evidence_url=row.evidence_url if row else "",
        files=filling.evidence.get(code, []),
        by=str(row.changed_by or "") if row else "",
        at=row.changed_at if row else None,
        is_changed=code in reading.before,
        before=reading.before.get(code, ""),
        talks=reading.talks.get(code, []),
    )
