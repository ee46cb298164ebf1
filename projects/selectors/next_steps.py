"""The smallest change that lowers the tier, and the few answers that tell most."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache

from failures.models import Practice
from projects.instruments import Entry, question_texts
from projects.models import Assessment
from projects.scoring import Answer, digest, rounded
from projects.scoring.candidates import AnswerChange, Change, milder_answers
from projects.scoring.counterfactual import SmallestChange, smallest_change
from projects.scoring.telling_set import MOST, telling_set
from projects.selectors.grounds import Ground, practice_changes
from projects.selectors.knowledge import Texts
from projects.selectors.what_if import Column, answers_in, imagined

KEPT = 7 * 86_400
"""Seconds: a run never changes, so what was found for it stays true."""

__all__ = ["MOST", "Remedy", "Telling", "remedy_for", "telling_for"]


@dataclass(frozen=True)
class Remedy:
    """The smallest change, in words; `column` is None where nothing lowers the tier."""

    column: Column | None
    answers: dict[str, Answer]
    practices: list[Practice]
    is_exact: bool
    at_least: int
    """Fewer changes than this do not suffice."""

    @property
    def entries(self) -> dict[str, Entry]:
        """The changed answers as they would be saved."""
        return {
            code: Entry(answer.state.value, answer.value)
            for code, answer in self.answers.items()
        }

    @property
    def size(self) -> int:
        """How many things change."""
        return len(self.answers) + len(self.practices)


@dataclass(frozen=True)
class TellingQuestion:
    """A question of the set."""

    code: str
    section: str
    text: Texts


@dataclass(frozen=True)
class Telling:
    """Questions to answer together, with the interval's width before and after."""

    questions: list[TellingQuestion]
    before: Decimal
    expected: Decimal
    guaranteed: Decimal
    is_exact: bool


def remedy_for(ground: Ground) -> Remedy | None:
    """Return the smallest change; None where the tier cannot be lower."""
    candidates: list[Change] = [
        *milder_answers(ground.plan, ground.sheet),
        *practice_changes(ground),
    ]
    key = _key("smallest", ground, [_written(each) for each in candidates])
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _stored(
            smallest_change(
                ground.plan, ground.sheet, candidates, at_work=ground.at_work
            )
        )
        cache.set(key, found, timeout=KEPT)
    return _remedy(ground, found) if found["is_risen"] else None


def telling_for(ground: Ground, count: int) -> Telling | None:
    """Return the best few open questions to answer next; None: nothing is open."""
    key = _key("telling-set", ground, count)
    if (found := cache.get(key)) is None:
        best = telling_set(ground.plan, ground.sheet, count)
        found = (best,)
        cache.set(key, found, timeout=KEPT)
    (best,) = found
    if best is None or not best.before:
        return None
    entries = question_texts(ground.assessment.questionnaire_version)
    places = _places(ground.assessment)
    before, expected, guaranteed = (
        rounded([width])[0] for width in (best.before, best.expected, best.guaranteed)
    )
    return Telling(
        questions=[
            TellingQuestion(code, places[code], entries[code]["text"])
            for code in best.questions
        ],
        before=before,
        expected=expected,
        guaranteed=guaranteed,
        is_exact=best.is_exact,
    )


def _key(name: str, ground: Ground, more: object) -> str:
    at_work = sorted(
        [each.slug, str(each.effect), *sorted(each.causes)] for each in ground.at_work
    )
    mark = digest([ground.run.result_digest, at_work, more])
    return f"{name}:{mark}"


def _written(change: Change) -> list[object]:
    if isinstance(change, AnswerChange):
        return [change.question, change.answer.to_json(), change.cost]
    practice = change.practice
    return [practice.slug, str(practice.effect), sorted(practice.causes), change.cost]


def _stored(found: SmallestChange) -> dict[str, Any]:
    changes = found.changes or ()
    return {
        "is_risen": found.before.tier is not None and found.before.tier.rank > 0,
        "is_exact": found.is_exact,
        "at_least": found.at_least,
        "answers": {
            each.question: each.answer.to_json()
            for each in changes
            if isinstance(each, AnswerChange)
        },
        "practices": [
            each.practice.slug for each in changes if not isinstance(each, AnswerChange)
        ],
    }


def _remedy(ground: Ground, found: dict[str, Any]) -> Remedy:
    questions = {question.code: question for question in ground.plan.questions}
    answers = answers_in(questions, found["answers"])
    practices = list(Practice.objects.filter(slug__in=found["practices"]))
    return Remedy(
        column=imagined(ground, answers, practices) if answers or practices else None,
        answers=answers,
        practices=practices,
        is_exact=found["is_exact"],
        at_least=found["at_least"],
    )


def _places(assessment: Assessment) -> dict[str, str]:
    sections = assessment.questionnaire_version.document["sections"]
    return {
        question["code"]: section["code"]
        for section in sections
        for question in section["questions"]
    }
