"""Rows become plain facts: a handful of streamed queries, however many rows."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.models import Unit
from failures.choices import Precision, Visibility
from failures.coding.amounts import AMOUNTS, COLUMN, loss
from failures.coding.dates import ORDER, PRECISION
from failures.models import CauseCoding, FailureCause, Postmortem, PublishedRate
from portfolio.stats.records import CodingFact, PostmortemFact, ProjectFact
from projects.models import Outcome, Project
from riskbase.shared.events.models import OutboxEvent

BATCH = 2000
OPEN = (Visibility.ORGANIZATION, Visibility.SHAREABLE)
POSTMORTEM_FIELDS = (
    "id",
    "is_demo",
    "visibility",
    "outcome",
    "quarter",
    "stage_introduced",
    "stage_detected",
    "introduced_on",
    "detectable_on",
    "detected_on",
    "introduced_precision",
    "detectable_precision",
    "detected_precision",
    *COLUMN.values(),
    "currency",
)
PROJECT_FIELDS = (
    "id",
    "unit_id",
    "is_demo",
    "current_tier",
    "current_run_id",
    "due_on",
    "current_outcome",
    "current_outcome_on",
)
RATE_FIELDS = (
    "slug",
    "cause_slug",
    "statement",
    "unit",
    "value",
    "value_low",
    "value_high",
    "n",
    "year",
    "reliability",
    "source",
    "url",
)


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit and the unit above it."""

    key: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class CauseFact:
    """A cause of the release in force."""

    slug: str
    parent: str | None
    stages: tuple[str, ...]
    robustness_related: bool


@dataclass(frozen=True)
class Facts:
    """Everything that one computation sees, read at one moment."""

    projects: list[ProjectFact]
    cases: list[PostmortemFact]
    units: list[UnitFact]
    causes: list[CauseFact]
    published: list[dict[str, Any]]
    watermark: str


@contextmanager
def consistent_read() -> Iterator[None]:
    """Let all reads inside see the database at one moment.

    Inside a transaction of the caller's, that transaction decides.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def read() -> Facts:
    """Read all facts at one moment."""
    with consistent_read():
        watermark = last_event()
        records = read_postmortems()
        return Facts(
            projects=read_projects(records),
            cases=list(records.values()),
            units=read_units(),
            causes=read_causes(),
            published=list(
                PublishedRate.objects.order_by("position").values(*RATE_FIELDS)
            ),
            watermark=watermark,
        )


def last_event() -> str:
    """Return the id of the newest outbox event, the watermark of what is read."""
    newest = OutboxEvent.objects.order_by("-id").values_list("id", flat=True).first()
    return str(newest) if newest else ""


def read_postmortems() -> dict[UUID, PostmortemFact]:
    """Return the published post-mortems by id, with their codings."""
    codings = _codings()
    rows = Postmortem.objects.published().order_by("id").values(*POSTMORTEM_FIELDS)
    return {
        row["id"]: PostmortemFact(
            key=str(row.pop("id")),
            is_open=row.pop("visibility") in OPEN,
            **_days(row),
            cost_minor=loss({name: row.pop(COLUMN[name]) for name in AMOUNTS}),
            codings=tuple(codings.get(key, ())),
            **row,
        )
        for row in rows.iterator(BATCH)
        if (key := row["id"])
    }


def _days(row: dict[str, Any]) -> dict[str, Any]:
    """Take the dates out of the row; what is known by the year alone is not known."""
    known = {name: (row.pop(name), row.pop(PRECISION[name])) for name in ORDER}
    return {
        name: None if precision == Precision.YEAR else day
        for name, (day, precision) in known.items()
    }


def _codings() -> dict[UUID, list[CodingFact]]:
    found: defaultdict[UUID, list[CodingFact]] = defaultdict(list)
    rows = (
        CauseCoding.objects.filter(postmortem__in=Postmortem.objects.published())
        .order_by("id")
        .values_list("postmortem_id", "cause__slug", "role", "confidence")
    )
    for postmortem, cause, role, confidence in rows.iterator(BATCH):
        found[postmortem].append(CodingFact(cause, role, confidence))
    return found


def read_projects(records: dict[UUID, PostmortemFact]) -> list[ProjectFact]:
    """Return all own projects; `records` are the published post-mortems."""
    behind = dict(
        Outcome.objects.filter(is_current=True, postmortem__isnull=False)
        .values_list("project_id", "postmortem_id")
        .iterator(BATCH)
    )
    rows = Project.objects.order_by("id").values(*PROJECT_FIELDS)
    return [
        _project(row, records.get(behind[row["id"]]) if row["id"] in behind else None)
        for row in rows.iterator(BATCH)
    ]


def _project(row: dict[str, Any], record: PostmortemFact | None) -> ProjectFact:
    return ProjectFact(
        key=str(row["id"]),
        unit=str(row["unit_id"]),
        is_demo=row["is_demo"],
        tier=row["current_tier"],
        assessed=row["current_run_id"] is not None,
        due_on=row["due_on"],
        outcome=row["current_outcome"],
        outcome_on=row["current_outcome_on"],
        postmortem=record,
    )


def read_units() -> list[UnitFact]:
    """Return the tree of units."""
    return [
        UnitFact(str(unit.pk), str(unit.parent_id) if unit.parent_id else None)
        for unit in Unit.objects.order_by("id").only("id", "parent_id")
    ]


def read_causes() -> list[CauseFact]:
    """Return the causes of the release in force, in their order."""
    rows = FailureCause.objects.current().values_list(
        "slug", "parent__slug", "stages", "robustness_related"
    )
    return [
        CauseFact(slug, parent, tuple(stages), related)
        for slug, parent, stages, related in rows
    ]
