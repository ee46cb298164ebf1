"""An instrument compiled against a cause map: done once, used for many sheets."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from projects.scoring.instrument import (
    IMPACT,
    Floor,
    Instrument,
    InstrumentError,
    Problem,
    Question,
)
from projects.scoring.signals import signal_range

CauseMap: TypeAlias = Mapping[str, str]
"""Cause slug to the slug of its top-level cause; top-level causes map to themselves."""

_UNSCORED = (Fraction(), Fraction())


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A question with all that does not depend on its answer.

    `targets` holds its weight on every scored slug: its causes and their top-level
    causes, or IMPACT. `unknown` is the unknown signal, held inside [low, high].
    """

    question: Question
    targets: tuple[tuple[str, int], ...]
    low: Fraction
    high: Fraction
    unknown: Fraction
    floors: tuple[Floor, ...]


@dataclass(frozen=True)
class Plan:
    """What `score_with` needs of an instrument and a cause map."""

    instrument: Instrument
    causes: CauseMap
    questions: tuple[Question, ...]
    planned: tuple[PlannedQuestion, ...]
    top_level: tuple[str, ...]
    sub_causes: tuple[str, ...]

    def top_of(self, slug: str) -> str:
        return IMPACT if slug == IMPACT else self.causes[slug]


def plan_for(instrument: Instrument, causes: CauseMap) -> Plan:
    """Compile; raise InstrumentError where the causes do not fit the instrument."""
    problems = tuple(cause_problems(instrument, causes))
    if problems:
        raise InstrumentError(problems)
    questions = instrument.questions
    planned = tuple(_planned(question, causes) for question in questions)
    top_level = sorted(set(causes.values()))
    uses = Counter(slug for question in questions for slug, _ in question.weights)
    subs = sorted(
        slug
        for slug, count in uses.items()
        if count >= 2 and slug != IMPACT and causes[slug] != slug
    )
    return Plan(instrument, causes, questions, planned, tuple(top_level), tuple(subs))


def cause_problems(instrument: Instrument, causes: CauseMap) -> Iterator[Problem]:
    """Find causes that are not in the map, and floors beside the question's causes.

    A floor must fall on a cause the question weighs on: otherwise a fatal answer
    could fall on a cause that is not assessed, and be lost.
    """
    for place, question in instrument.placed():
        slugs = {slug for slug, _ in question.weights}
        slugs |= {floor.cause for floor in question.floors}
        unknown = sorted(slugs - set(causes) - {IMPACT})
        for slug in unknown:
            yield Problem("unknown_cause", place, {"name": slug})
        if unknown:
            continue
        weighed = {_top(slug, causes) for slug, _ in question.weights}
        for floor in question.floors:
            if _top(floor.cause, causes) not in weighed:
                name = {"name": floor.cause}
                yield Problem("floor_without_weight", place, name)


def _top(slug: str, causes: CauseMap) -> str:
    return IMPACT if slug == IMPACT else causes[slug]


def _planned(question: Question, causes: CauseMap) -> PlannedQuestion:
    targets: Counter[str] = Counter()
    for slug, weight in question.weights:
        for target in {slug, _top(slug, causes)}:
            targets[target] += weight
    low, high = signal_range(question) if targets else _UNSCORED
    return PlannedQuestion(
        question=question,
        targets=tuple(sorted(targets.items())),
        low=low,
        high=high,
        unknown=min(max(question.unknown_signal, low), high),
        floors=question.floors,
    )
