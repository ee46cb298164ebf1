"""All findings of a questionnaire in one list, the gravest first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from projects.scoring.document import read_document
from projects.scoring.instrument import LANGUAGES, Instrument, Problem
from projects.scoring.lint.finding import Finding, note, of_problem
from projects.scoring.lint.frame import frame_findings
from projects.scoring.lint.points import point_findings
from projects.scoring.lint.references import reference_findings
from projects.scoring.lint.scores import asking_findings, score_findings
from projects.scoring.lint.signals import signal_findings
from projects.scoring.lint.succession import succession_findings
from projects.scoring.lint.texts import text_findings
from projects.scoring.lint.visibility import visibility_findings
from projects.scoring.plan import CauseMap, cause_problems
from projects.scoring.validity import instrument_problems

MAX_FINDINGS = 500

_OF_TEXTS = frozenset({"missing_translation", "unknown_language", "empty_text"})
"""Problems that leave the instrument whole."""


def lint(
    document: object,
    *,
    causes: CauseMap,
    practices: Collection[str],
    languages: Iterable[str] = LANGUAGES,
    previous: Mapping[str, Any] | None = None,
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a document, never raising.

    The deeper defects are looked for once its form is right, those of the score once
    nothing forbids to score it. `previous` is the version whose answers carry over.
    """
    instrument, problems = read_document(document, languages)
    found = [of_problem(problem) for problem in problems]
    if isinstance(document, dict):
        found += text_findings(document)
        if previous is not None:
            found += succession_findings(document, previous)
        if all(problem.code in _OF_TEXTS for problem in problems):
            found += _deeper(instrument, document, causes, practices)
    found.sort(key=lambda finding: finding.severity.rank)
    return _cut(found)


def _deeper(
    instrument: Instrument,
    document: Mapping[str, Any],
    causes: CauseMap,
    practices: Collection[str],
) -> Iterator[Finding]:
    problems = (*instrument_problems(instrument), *cause_problems(instrument, causes))
    yield from map(of_problem, problems)
    broken = _broken(problems)
    yield from frame_findings(instrument, practices)
    yield from reference_findings(instrument)
    yield from visibility_findings(instrument, broken)
    yield from signal_findings(instrument, document, broken)
    if instrument.rules is None:
        yield from asking_findings(instrument, causes)
    if problems:
        return
    if instrument.rules is None:
        yield from score_findings(instrument, causes)
    else:
        yield from point_findings(instrument, instrument.rules)


def _broken(problems: Iterable[Problem]) -> frozenset[str]:
    """Return the places of problems and of the questions they lie in."""
    places: set[str] = set()
    for problem in problems:
        places.add(problem.place)
        if not problem.place.endswith(".visible_when"):
            parts = problem.place.split(".")
            places.add(".".join(parts[:2]))
    return frozenset(places)


def _cut(found: list[Finding]) -> tuple[Finding, ...]:
    if len(found) <= MAX_FINDINGS:
        return tuple(found)
    rest = len(found) - MAX_FINDINGS
    return (*found[:MAX_FINDINGS], note("more_findings", "", count=rest))
