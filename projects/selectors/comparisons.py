"""Two results of one project side by side, question by question; nothing is rescored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from projects.choices import AnswerState
from projects.instruments import question_texts
from projects.models import Project, ScoringRun
from projects.selectors.knowledge import Texts, knowledge_in_force
from projects.selectors.results import Scores, scores_in
from projects.selectors.wording import answer_text

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Measure:
    """One interval on both sides; None where it was not assessed."""

    code: str
    title: Texts
    before: Scores | None
    after: Scores | None

    @property
    def is_known(self) -> bool:
        """Whether any side has it."""
        return self.before is not None or self.after is not None

    @property
    def change(self) -> Decimal | None:
        """Points the later one has more; negative is milder."""
        if self.before is None or self.after is None:
            return None
        return self.after.point - self.before.point


@dataclass(frozen=True)
class AnsweredTwice:
    """One question and what was said to it on both sides, in words.

    An empty side: that questionnaire does not have the question.
    """

    code: str
    text: Texts
    before: str
    after: str
    is_changed: bool
    is_reworded: bool
    change: Decimal | None
    """Points it adds to the later binding cause more than to the earlier one."""


@dataclass(frozen=True)
class ComparedSection:
    """A section of the later questionnaire; the last may hold what is gone."""

    code: str
    title: Texts | None
    questions: list[AnsweredTwice]

    @property
    def changed(self) -> int:
        """How many answers differ."""
        return sum(question.is_changed for question in self.questions)


@dataclass(frozen=True)
class Contrast:
    """Everything the page of a comparison shows."""

    before: ScoringRun
    after: ScoringRun
    overall: Measure
    impact: Measure
    causes: list[Measure]
    sections: list[ComparedSection]

    @property
    def changed(self) -> int:
        """How many answers differ in all."""
        return sum(section.changed for section in self.sections)


def results_of(project: Project) -> QuerySet[ScoringRun]:
    """Return the newest run of every assessment of a project, the newest first."""
    newest = (
        ScoringRun.objects.filter(assessment__project=project)
        .order_by("assessment_id", "-id")
        .distinct("assessment_id")
    )
    return (
        ScoringRun.objects.filter(pk__in=newest.values("pk"))
        .select_related(
            "record", "assessment__questionnaire_version__questionnaire", "created_by"
        )
        .order_by("-id")
    )


def contrast(before: ScoringRun, after: ScoringRun) -> Contrast:
    """Put two runs side by side, from what they stored."""
    told, titles = (_result(before), _result(after)), knowledge_in_force()
    causes = [
        Measure(slug, titles.title(slug), *(_cause(one, slug) for one in told))
        for slug in sorted(
            {slug for one in told for slug in _top_level(one)}, key=titles.position
        )
    ]
    return Contrast(
        before=before,
        after=after,
        overall=Measure("", {}, *(scores_in(one["overall"]) for one in told)),
        impact=Measure("", {}, *(scores_in(one["impact"]["interval"]) for one in told)),
        causes=[each for each in [*causes, *_scales(told, after)] if each.is_known],
        sections=_sections(before, after),
    )


def _scales(told: tuple[Json, ...], after: ScoringRun) -> list[Measure]:
    """Return the points of additive questionnaires, by the scales of the later one."""
    document = after.assessment.questionnaire_version.document
    sides = [(one.get("points") or {}).get("scales", {}) for one in told]
    return [
        Measure(
            scale["code"],
            scale["title"],
            *(scores_in(side.get(scale["code"], {}).get("interval")) for side in sides),
        )
        for scale in document.get("scales", [])
    ]


def _result(run: ScoringRun) -> Json:
    stored: Json = json.loads(run.record.result)["result"]
    return stored


def _top_level(result: Json) -> list[str]:
    causes = result["causes"].items()
    return [slug for slug, cause in causes if cause["top_level"] == slug]


def _cause(result: Json, slug: str) -> Scores | None:
    cause = result["causes"].get(slug)
    return scores_in(cause["interval"]) if cause else None


def _sections(before: ScoringRun, after: ScoringRun) -> list[ComparedSection]:
    old, new = (_Side(run, after.binding_cause) for run in (before, after))
    sections = [
        ComparedSection(
            code=section["code"],
            title=section["title"],
            questions=[_question(old, new, q["code"]) for q in section["questions"]],
        )
        for section in new.document["sections"]
    ]
    gone = [code for code in old.entries if code not in new.entries]
    if gone:
        asked = [_question(old, new, code) for code in gone]
        sections.append(ComparedSection("", None, asked))
    return sections


class _Side:
    """One run with the words of its questionnaire and the points of one cause."""

    def __init__(self, run: ScoringRun, cause: str) -> None:
        version = run.assessment.questionnaire_version
        self.document = version.document
        self.entries = question_texts(version)
        self.sheet: Json = run.record.sheet
        lines = _result(run)["causes"].get(cause, {}).get("contributions", [])
        self.points = {
            line["question"]: Decimal(line["shown"])
            for line in lines
            if line["question"]
        }

    def said(self, code: str) -> Json:
        return self.sheet.get(code) or {"state": AnswerState.BLANK, "value": None}

    def told(self, code: str) -> str:
        if code not in self.entries:
            return ""
        said = self.said(code)
        return answer_text(self.entries[code], said["state"], said.get("value"))


def _question(old: _Side, new: _Side, code: str) -> AnsweredTwice:
    entries = [side.entries.get(code) for side in (old, new)]
    entry = entries[1] or entries[0] or {}
    both = all(entries)
    points = [side.points.get(code) for side in (old, new)]
    is_known = both and any(point is not None for point in points)
    change = (points[1] or Decimal()) - (points[0] or Decimal())
    return AnsweredTwice(
        code=code,
        text=entry["text"],
        before=old.told(code),
        after=new.told(code),
        is_changed=not both or old.said(code) != new.said(code),
        is_reworded=both and _wording(entries[0]) != _wording(entries[1]),
        change=change if is_known and change else None,
    )


def _wording(entry: Json | None) -> tuple[Any, ...]:
    """Return what a person reads of a question."""
    shown = entry or {}
    choices = [(choice["code"], choice["text"]) for choice in shown.get("choices", [])]
    return shown.get("text"), shown.get("kind"), choices
