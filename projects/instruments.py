"""Rows to plain values: versions to instruments, answers to sheets, causes to maps."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from failures.models import FailureCause, TaxonomyRelease
from projects.models import Answer, QuestionnaireVersion
from projects.scoring import (
    AnswerError,
    AnswerSheet,
    CauseMap,
    Instrument,
    Plan,
    instrument_from_document,
    parse_answer,
    plan_for,
)

_instruments: dict[str, Instrument] = {}


@dataclass(frozen=True)
class Entry:
    """What was said to one question, as it came in; expected_version 0: no row yet."""

    state: str
    value: Any = None
    reason: str = ""
    comment: str = ""
    evidence_url: str = ""
    expected_version: int | None = None


def instrument_of(version: QuestionnaireVersion) -> Instrument:
    """Return the version's instrument, compiled once per process and digest."""
    if version.digest not in _instruments:
        # Texts were checked when the version was loaded.
        _instruments[version.digest] = instrument_from_document(
            version.document, languages=()
        )
    return _instruments[version.digest]


def cause_map() -> CauseMap:
    """Return slug to top-level slug for the causes of the release in force."""
    release = TaxonomyRelease.objects.filter(is_current=True).first()
    return _map_of(release.pk) if release else {}


@lru_cache(maxsize=8)
def _map_of(release_id: uuid.UUID) -> CauseMap:
    """Causes are closed with their release, so the map may be kept for good."""
    rows = FailureCause.objects.filter(release_id=release_id).values_list(
        "slug", "parent__slug"
    )
    parents = dict(rows)
    return {slug: _top(slug, parents) for slug in parents}


def _top(slug: str, parents: Mapping[str, str | None]) -> str:
    while parent := parents.get(slug):
        slug = parent
    return slug


def plan_of(version: QuestionnaireVersion, causes: CauseMap) -> Plan:
    """Return the version compiled against a cause map."""
    instrument = instrument_of(version)
    return _plan(version.digest, tuple(sorted(causes.items())), instrument)


@lru_cache(maxsize=32)
def _plan(
    _digest: str, causes: tuple[tuple[str, str], ...], instrument: Instrument
) -> Plan:
    return plan_for(instrument, dict(causes))


def sheet_of(instrument: Instrument, answers: Iterable[Answer]) -> AnswerSheet:
    """Return the sheet of stored answers.

    An answer that no longer fits its question counts as blank: it was checked when
    it was saved, so this happens to rows written past the services only.
    """
    questions = {question.code: question for question in instrument.questions}
    kept = {}
    for row in answers:
        if row.question not in questions:
            continue
        question = questions[row.question]
        try:
            kept[row.question] = parse_answer(
                question, row.state, row.value, row.reason
            )
        except AnswerError:
            continue
    return AnswerSheet(kept)


def question_texts(version: QuestionnaireVersion) -> dict[str, dict[str, Any]]:
    """Return the document's entry of every question, by its code."""
    return {
        question["code"]: question
        for section in version.document["sections"]
        for question in section["questions"]
    }
