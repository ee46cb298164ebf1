"""A scenario while it is written: the answers as they would be, and what they lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from failures.models import Practice
from projects.instruments import Entry, question_texts
from projects.models import Scenario
from projects.scoring import Answer
from projects.selectors.grounds import Ground
from projects.selectors.questions import AskedQuestion, SectionPage, section_page
from projects.selectors.trials import fill_in
from projects.selectors.what_if import Column, imagined, today
from projects.selectors.wording import answer_text


@dataclass(frozen=True)
class ImaginedQuestion:
    """A question with what was answered, where the scenario says otherwise."""

    question: AskedQuestion
    given: str
    """The scored answer in words; empty where it is not changed."""
    refused: str


@dataclass(frozen=True)
class ImaginedSection:
    """A section, and whether anything in it changes."""

    page: SectionPage
    questions: list[ImaginedQuestion]
    changes: int


@dataclass(frozen=True)
class Imagining:
    """Everything the form of a scenario shows."""

    sections: list[ImaginedSection]
    before: Column
    after: Column

    @property
    def is_refused(self) -> bool:
        """Whether some answer does not fit its question."""
        return any(each.refused for one in self.sections for each in one.questions)


def entries_of(ground: Ground, scenario: Scenario | None) -> dict[str, Entry]:
    """Return the scored answers, with those of a scenario in their place."""
    said = {**ground.run.record.sheet, **(scenario.answers if scenario else {})}
    return {
        code: Entry(each["state"], each.get("value"), each.get("reason", ""))
        for code, each in said.items()
    }


def imagining(
    ground: Ground, entries: Mapping[str, Entry], practices: Sequence[str]
) -> Imagining:
    """Fill the entries in and say what they lead to, beside today's result."""
    document = ground.assessment.questionnaire_version.document
    filling, refused = fill_in(document, ground.plan, entries)
    changed = {
        code: filling.sheet[code]
        for code in filling.questions
        if filling.sheet[code] != ground.sheet[code]
    }
    at_work = list(Practice.objects.filter(slug__in=practices))
    pages = [section_page(filling, s.code) for s in ground.plan.instrument.sections]
    return Imagining(
        sections=[_section(page, ground, changed, refused) for page in pages if page],
        before=today(ground),
        after=imagined(ground, changed, at_work),
    )


def _section(
    page: SectionPage,
    ground: Ground,
    changed: Mapping[str, Answer],
    refused: Mapping[str, str],
) -> ImaginedSection:
    entries = question_texts(ground.assessment.questionnaire_version)
    questions = []
    for question in page.questions:
        code, given = question.code, ""
        if code in changed:
            said = ground.sheet[code]
            given = answer_text(entries[code], said.state.value, said.value)
        questions.append(ImaginedQuestion(question, given, refused.get(code, "")))
    changes = sum(bool(each.given) for each in questions)
    return ImaginedSection(page, questions, changes)
