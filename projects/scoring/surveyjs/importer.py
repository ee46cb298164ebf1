"""A whole survey as a questionnaire document, with the report on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from projects.scoring.instrument import COMPLETENESS_THRESHOLD, Method
from projects.scoring.surveyjs.codes import Codes
from projects.scoring.surveyjs.conditions import ConditionError, parse_condition
from projects.scoring.surveyjs.convention import (
    IMPACT,
    MITIGATION,
    Convention,
    rules_of,
)
from projects.scoring.surveyjs.elements import Asked, Condition, Page, pages_of
from projects.scoring.surveyjs.questions import Questions
from projects.scoring.surveyjs.report import Report
from projects.scoring.surveyjs.settings import acting_settings
from projects.scoring.surveyjs.texts import Texts
from projects.scoring.surveyjs.translation import Effort, Known, joined, translated

QUESTIONS_A_MINUTE = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What a survey does not say of itself."""

    code: str
    convention: Convention = Convention.NONE
    title: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The document, in the form of our own, and what became of the survey."""

    document: dict[str, Any]
    report: Report


def import_survey(survey: Mapping[str, Any], options: Options) -> Imported:
    """Turn SurveyJS JSON into a document; never raises, whatever stands in it."""
    report = Report()
    texts = Texts(survey, report)
    for setting in acting_settings(survey):
        report.add("ignored_setting", "", name=setting)
    pages = list(pages_of(survey, report))
    reading = _Reading(texts, options.convention, report, pages)
    sections = [reading.section(page) for page in pages]
    sections = [section for section in sections if section["questions"]]
    _tell_scales(sections, options.convention, report)
    _give_minutes(sections, options.minutes)
    title = texts.same(options.title) if options.title else None
    title = title or texts.words(survey.get("title"), "title")
    title = title or texts.same(options.code)
    document = {
        "code": options.code,
        "version": 1,
        "title": title,
        "description": texts.words(survey.get("description"), "description") or title,
        "minutes": sum(section["minutes"] for section in sections)
        if options.minutes is None
        else options.minutes,
        "method": Method.ADDITIVE.value,
        "languages": list(texts.languages),
        "completeness_threshold": float(COMPLETENESS_THRESHOLD),
        **rules_of(
            options.convention,
            texts,
            has_mitigation=report.scales.get(MITIGATION, {}).get("most", 0) > 0,
        ),
        "sections": sections,
    }
    return Imported(document, report)


class _Reading:
    """The questions read so far: conditions look back on them."""

    def __init__(
        self, texts: Texts, convention: Convention, report: Report, pages: list[Page]
    ) -> None:
        self._texts = texts
        self._report = report
        self._questions = Questions(texts, convention, report)
        self._sections = Codes("page")
        self._names = {asked.name.lower() for page in pages for asked in page.asked}
        self._effort = Effort()
        self._known: dict[str, Known] = {}
        self._read: dict[int, str | None] = {}

    def section(self, page: Page) -> dict[str, Any]:
        """Return a page; it may be left without questions."""
        title = self._texts.words(page.raw.get("title"), page.place)
        section: dict[str, Any] = {
            "code": self._sections.question(page.name),
            "title": title or self._texts.same(page.name),
        }
        description = self._texts.words(page.raw.get("description"), page.place)
        if description:
            section["description"] = description
        made = (self._question(asked) for asked in page.asked)
        section["questions"] = [question for question in made if question]
        return section

    def _question(self, asked: Asked) -> dict[str, Any] | None:
        conditions = [self._condition(each) for each in asked.conditions]
        made = self._questions.made(asked)
        if made is None:
            return None
        known = [condition for condition in conditions if condition]
        if known:
            made.entry["visible_when"] = joined(known)
        if asked.name.lower() in self._known:
            self._report.add("duplicate_name", asked.place, name=asked.name)
        else:
            self._known[asked.name.lower()] = made.known
            self._report.names[asked.name] = made.known.code
        if made.values:
            self._report.values[made.known.code] = made.values
        self._report.counts["questions"] += 1
        return made.entry

    def _condition(self, condition: Condition) -> str | None:
        """Return a condition in our words, once for all that stands under it."""
        if id(condition) not in self._read:
            self._read[id(condition)] = self._translated(condition)
        return self._read[id(condition)]

    def _translated(self, condition: Condition) -> str | None:
        counts = self._report.counts
        whose = "page_conditions" if condition.is_page else "element_conditions"
        try:
            if not isinstance(condition.source, str):
                raise ConditionError("not_a_text")
            node = parse_condition(condition.source)
            text = translated(node, self._known, self._names, self._effort)
        except ConditionError as error:
            counts["conditions_lost"] += 1
            self._report.add(
                "condition_not_understood",
                condition.place,
                condition=condition.source,
                reason=error.code,
                position=error.position,
                **{f"of_{key}": value for key, value in error.params.items()},
            )
            return None
        counts[whose] += 1
        return text


def _tell_scales(
    sections: list[dict[str, Any]], convention: Convention, report: Report
) -> None:
    for section in sections:
        for question in section["questions"]:
            scale = question.get("scale")
            if scale:
                points = [choice["points"] for choice in question["choices"]]
                is_sum = question["kind"] == "multiple"
                told = report.scales.setdefault(scale, {"questions": 0, "most": 0})
                told["questions"] += 1
                told["most"] += sum(points) if is_sum else max(points)
    if convention is Convention.NONE:
        report.add("points_missing", "")
    elif not report.scales.get(IMPACT, {}).get("most"):
        report.add("nothing_scored", "")


def _give_minutes(sections: list[dict[str, Any]], minutes: int | None) -> None:
    """Share the minutes by the number of questions."""
    counts = [len(section["questions"]) for section in sections]
    for section, count in zip(sections, counts, strict=True):
        if minutes is None:
            section["minutes"] = -(-count // QUESTIONS_A_MINUTE)
        else:
            section["minutes"] = -(-minutes * count // sum(counts))
