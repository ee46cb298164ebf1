"""An assessment being filled in: answers, visibility and progress, read once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from projects.instruments import instrument_of, question_texts, sheet_of
from projects.models import Answer, Assessment, EvidenceFile
from projects.scoring import (
    AnswerSheet,
    Instrument,
    Question,
    Resolution,
    Section,
    Standing,
    resolve,
)
from projects.scoring.reach import Progress, Reach, progress_of, reach_of
from projects.selectors.evidence import evidence_of


@dataclass(frozen=True)
class Filling:
    """All that pages need of one assessment; two queries, whatever its size."""

    assessment: Assessment
    instrument: Instrument
    answers: dict[str, Answer]
    sheet: AnswerSheet
    resolution: Resolution
    reach: dict[str, Reach]

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """The document's words of every question."""
        return question_texts(self.assessment.questionnaire_version)

    @cached_property
    def section_entries(self) -> dict[str, dict[str, Any]]:
        """The document's words of every section."""
        sections = self.assessment.questionnaire_version.document["sections"]
        return {section["code"]: section for section in sections}

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where every question stands."""
        return {s.question.code: s for s in self.resolution.standings}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its code."""
        return {question.code: question for question in self.instrument.questions}

    @cached_property
    def evidence(self) -> dict[str, list[EvidenceFile]]:
        """Question -> the files beside its answer."""
        return evidence_of(self.assessment)

    @property
    def progress(self) -> Progress:
        """Progress over everything that is asked."""
        return progress_of(self.resolution.standings, self.reach)

    def section(self, code: str) -> Section | None:
        """Return a section of the instrument."""
        found = (s for s in self.instrument.sections if s.code == code)
        return next(found, None)

    def section_of(self, question: str) -> str:
        """Return the code of the section that asks a question."""
        return self._sections[question]

    def progress_in(self, section: Section) -> Progress:
        """Progress over what is asked in one section."""
        standings = [self.standings[q.code] for q in section.questions]
        return progress_of(standings, self.reach)

    @cached_property
    def _sections(self) -> dict[str, str]:
        return {
            question.code: section.code
            for section in self.instrument.sections
            for question in section.questions
        }


def filling_of(assessment: Assessment) -> Filling:
    """Read the answers of an assessment and resolve its branches."""
    instrument = instrument_of(assessment.questionnaire_version)
    rows = assessment.answers.select_related("changed_by")
    answers = {row.question: row for row in rows}
    sheet = sheet_of(instrument, answers.values())
    resolution = resolve(instrument, sheet)
    return Filling(
        assessment=assessment,
        instrument=instrument,
        answers=answers,
        sheet=sheet,
        resolution=resolution,
        reach=reach_of(resolution),
    )
