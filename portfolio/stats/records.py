"""The facts that statistics are made of, as plain values."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COUNTED_ROLES = ("root", "contributing")
COUNTED_CONFIDENCE = ("known", "probable")
CLOSING = ("success", "near_miss", "failed", "abandoned", "degraded")
FAILURES = ("failed", "abandoned", "degraded")


@dataclass(frozen=True, slots=True)
class CodingFact:
    """A cause of a record, with its part in it and how sure the coder is."""

    cause: str
    role: str
    confidence: str

    @property
    def counts(self) -> bool:
        """Whether statistics take it: root or contributing, at least probable."""
        return self.role in COUNTED_ROLES and self.confidence in COUNTED_CONFIDENCE


@dataclass(frozen=True, slots=True)
class PostmortemFact:
    """A published record; empty texts and None mean not known."""

    key: str
    is_demo: bool = False
    is_open: bool = False
    """Whether everybody who is signed in may read it, and so count it."""
    outcome: str = ""
    quarter: int | None = None
    stage_introduced: str = ""
    stage_detected: str = ""
    introduced_on: dt.date | None = None
    """Dates known by the year alone are None, for days are counted between them."""
    detectable_on: dt.date | None = None
    detected_on: dt.date | None = None
    cost_minor: int | None = None
    currency: str = ""
    codings: tuple[CodingFact, ...] = ()

    @property
    def causes(self) -> frozenset[str]:
        """Coded causes that count, each once."""
        return frozenset(coding.cause for coding in self.codings if coding.counts)


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """An own project as it stands; `postmortem` is that of its current outcome."""

    key: str
    unit: str
    is_demo: bool = False
    tier: str = ""
    assessed: bool = False
    due_on: dt.date | None = None
    outcome: str = ""
    outcome_on: dt.date | None = None
    postmortem: PostmortemFact | None = None

    def is_closed(self, as_of: dt.date) -> bool:
        """Whether the project had ended by `as_of`."""
        ended = self.outcome in CLOSING and self.outcome_on is not None
        return ended and self.outcome_on is not None and self.outcome_on <= as_of

    def is_due(self, as_of: dt.date) -> bool:
        """Whether the project has ended, or should have by `as_of`."""
        overdue = self.due_on is not None and self.due_on < as_of
        return self.is_closed(as_of) or overdue

    @property
    def failed(self) -> bool:
        """Whether it failed, was abandoned or is degraded."""
        return self.outcome in FAILURES

    @property
    def quarter(self) -> int | None:
        """Return year * 4 + quarter - 1 of the outcome."""
        return quarter_of(self.outcome_on) if self.outcome_on else None


def quarter_of(day: dt.date) -> int:
    """Return year * 4 + quarter - 1."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_name(quarter: int) -> str:
    """Return '2026-Q1' for 8104."""
    return f"{quarter // 4}-Q{quarter % 4 + 1}"


def closed_by(projects: Iterable[ProjectFact], as_of: dt.date) -> list[ProjectFact]:
    """Return the projects that had ended by `as_of`."""
    return [project for project in projects if project.is_closed(as_of)]


def records_of(projects: Sequence[ProjectFact]) -> list[PostmortemFact]:
    """Return the published post-mortems behind the outcomes of `projects`."""
    return [project.postmortem for project in projects if project.postmortem]
