"""One thing that is wrong with a questionnaire, and how bad it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from projects.scoring.instrument import Problem


class Severity(StrEnum):
    """What a finding asks of the author, the gravest first."""

    ERROR = "error"
    """It cannot be published."""
    WARNING = "warning"
    """It hardly means what the author means."""
    NOTE = "note"
    """It is worth knowing."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, how bad it is, and the particulars of its sentence."""

    code: str
    place: str
    severity: Severity
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.severity}: {Problem(self.code, self.place, self.params)}"


def error(code: str, place: str, **params: object) -> Finding:
    """Return a finding that forbids to publish."""
    return Finding(code, place, Severity.ERROR, params)


def warning(code: str, place: str, **params: object) -> Finding:
    """Return a finding the author should look at."""
    return Finding(code, place, Severity.WARNING, params)


def note(code: str, place: str, **params: object) -> Finding:
    """Return a finding that is worth knowing."""
    return Finding(code, place, Severity.NOTE, params)


def of_problem(problem: Problem) -> Finding:
    """Return a problem as an error."""
    return Finding(problem.code, problem.place, Severity.ERROR, problem.params)
