"""What the answers to the version before lose in this one."""

from collections.abc import Iterator, Mapping
from typing import Any

from projects.scoring.lint.finding import Finding, note, warning
from projects.scoring.lint.parts import Part, coded, listed, questions


def succession_findings(
    document: Mapping[str, Any], previous: Mapping[str, Any]
) -> Iterator[Finding]:
    """Find questions, choices and kinds that were changed under standing answers."""
    now = _by_code(questions(document))
    for code, (_, before) in _by_code(questions(previous)).items():
        if code not in now:
            yield note("removed_question", "sections", name=code)
            continue
        place, question = now[code]
        if question.get("kind") != before.get("kind"):
            kind = str(before.get("kind"))
            yield note("changed_kind", f"{place}.kind", kind=kind)
            continue
        choices = _by_code(listed(place, question, "choices"))
        for choice in _by_code(listed("", before, "choices")):
            if choice not in choices:
                yield warning("removed_choice", f"{place}.choices", choice=choice)


def _by_code(parts: Iterator[Part]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for place, part in parts:
        code = coded(part)
        if code is not None:
            found.setdefault(code, (place, part))
    return found
