"""Questionnaires as pages show them: versions, sections, questions with their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import Person
from accounts.permissions import may_author
from projects.instruments import instrument_of, question_texts
from projects.models import QuestionnaireVersion
from projects.models.questionnaire import VersionQuerySet
from projects.scoring import IMPACT, Question
from projects.selectors.checks import languages_of
from projects.selectors.conditions import condition_text
from projects.selectors.knowledge import Knowledge, Texts, knowledge_in_force
from riskbase.shared.templatetags.riskbase import localized


@dataclass(frozen=True)
class Summary:
    """A version with its size."""

    version: QuestionnaireVersion
    title: Texts
    description: Texts
    minutes: int
    questions: int
    sections: int


@dataclass(frozen=True)
class CauseWeight:
    """How much a question weighs on a cause."""

    slug: str
    title: Texts
    weight: int


@dataclass(frozen=True)
class PrintedQuestion:
    """A question with everything the document says of it."""

    number: str
    code: str
    entry: dict[str, Any]
    condition: str
    """When it is asked, as a sentence; empty: always."""
    weights: list[CauseWeight]
    impact: int
    citations: list[str]


@dataclass(frozen=True)
class PrintedSection:
    """A section with its questions."""

    number: int
    entry: dict[str, Any]
    questions: list[PrintedQuestion]


def versions() -> VersionQuerySet:
    """Return the versions everybody may read: in force, and retired."""
    return QuestionnaireVersion.objects.closed().select_related("questionnaire")


def versions_for(user: Person) -> VersionQuerySet:
    """Return the versions `user` may read: authors also what is being written."""
    if not may_author(user):
        return versions()
    return QuestionnaireVersion.objects.select_related("questionnaire")


def in_force() -> list[Summary]:
    """Return the published versions, the shortest first."""
    return [summary_of(version) for version in versions().published()]


def retired() -> list[Summary]:
    """Return versions that were superseded, the newest first."""
    return [summary_of(version) for version in versions().filter(state="retired")]


def summary_of(version: QuestionnaireVersion) -> Summary:
    """Return a version with its title and size."""
    document = version.document
    sections = document["sections"]
    return Summary(
        version=version,
        title=document["title"],
        description=document["description"],
        minutes=document["minutes"],
        questions=sum(len(section["questions"]) for section in sections),
        sections=len(sections),
    )


def printed_sections(version: QuestionnaireVersion) -> list[PrintedSection]:
    """Return the whole version for reading and printing."""
    knowledge = knowledge_in_force()
    questions = {q.code: q for q in instrument_of(version).questions}
    texts = question_texts(version)
    return [
        PrintedSection(
            number=number,
            entry=section,
            questions=[
                _printed(
                    f"{number}.{place}",
                    entry,
                    questions[entry["code"]],
                    knowledge,
                    texts,
                )
                for place, entry in enumerate(section["questions"], 1)
            ],
        )
        for number, section in enumerate(version.document["sections"], 1)
    ]


def printed_gates(version: QuestionnaireVersion) -> list[tuple[dict[str, Any], str]]:
    """Return every gate with its condition as a sentence."""
    texts = question_texts(version)
    gates = version.document.get("gates", [])
    return [(gate, condition_text(gate["when"], texts)) for gate in gates]


def weights_of(question: Question, knowledge: Knowledge) -> list[CauseWeight]:
    """Return the causes a question weighs on, the heaviest first."""
    weights = sorted(question.weights, key=lambda pair: (-pair[1], pair[0]))
    return [
        CauseWeight(slug, knowledge.title(slug), weight)
        for slug, weight in weights
        if slug != IMPACT
    ]


def citations_of(entry: dict[str, Any], knowledge: Knowledge) -> list[str]:
    """Return the literature a question cites, in words where it is known."""
    keys = entry.get("sources", {}).get("literature", [])
    return [knowledge.citations.get(key, key) for key in keys]


def _printed(
    number: str,
    entry: dict[str, Any],
    question: Question,
    knowledge: Knowledge,
    texts: Mapping[str, Mapping[str, Any]],
) -> PrintedQuestion:
    condition = question.visible_when
    return PrintedQuestion(
        number=number,
        condition=condition_text(condition, texts) if condition else "",
        code=question.code,
        entry=entry,
        weights=weights_of(question, knowledge),
        impact=dict(question.weights).get(IMPACT, 0),
        citations=citations_of(entry, knowledge),
    )


def document_in_one_language(version: QuestionnaireVersion) -> dict[str, Any]:
    """Return the document with every text in the reader's language only."""
    languages = frozenset(languages_of(version.document))
    said: dict[str, Any] = _in_one_language(version.document, languages)
    return said


def _in_one_language(part: Any, languages: frozenset[str]) -> Any:
    if isinstance(part, list):
        return [_in_one_language(item, languages) for item in part]
    if not isinstance(part, dict):
        return part
    if part and set(part) <= languages:
        return localized(part)
    return {key: _in_one_language(item, languages) for key, item in part.items()}
