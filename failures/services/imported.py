"""Storing rows of a file as published records of a unit, and bringing them in line."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from failures.choices import Origin, PostmortemState, Verification
from failures.coding import counted_causes
from failures.coding.amounts import AMOUNTS, COLUMN
from failures.coding.dates import PRECISION
from failures.exchange.columns import DETAILS, PARTS, PROSE
from failures.models import (
    ActionItem,
    CauseCoding,
    FailureCause,
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    Source,
    TimelineEntry,
)
from failures.models.amounts import columns_of
from failures.models.stated import STATED
from failures.selectors.exchange import load, row_of, said
from failures.services import copies, merging, upserts
from failures.services.references import next_references
from riskbase.shared.audit import trail
from riskbase.shared.events import outbox

Values = Mapping[str, Any]
BLANKS: dict[str, Any] = {"language": "en"} | dict.fromkeys(PRECISION.values(), "day")
"""What stands where a row says nothing, unless that is an empty text or null."""


@dataclass(frozen=True)
class Stored:
    """How many rows made a record, changed one, or found it as it is."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True)
class Target:
    """Where the rows go, and who sends them."""

    unit: Unit | None
    visibility: str
    by: User | None
    causes: Mapping[str, FailureCause]


def store(rows: Sequence[Values], target: Target) -> Stored:
    """Create the records that are not there, change those that differ.

    Call it in a transaction. Rows are known by their external id within the unit;
    columns that a row does not have leave the record as it is.
    """
    existing = existing_of(rows, target.unit)
    load(list(existing.values()), None)
    created = [row for row in rows if row["external_id"] not in existing]
    _create(created, target)
    changed = 0
    for row in rows:
        record = existing.get(row["external_id"])
        if record is not None:
            changed += _update(record, row, target)
    return Stored(len(created), changed, len(rows) - len(created) - changed)


def existing_of(rows: Sequence[Values], unit: Unit | None) -> dict[str, Postmortem]:
    """Return the records of the unit that the rows are about, locked."""
    found = Postmortem.objects.select_for_update(of=("self",)).filter(
        unit=unit, external_id__in=[row["external_id"] for row in rows]
    )
    return {str(record.external_id): record for record in found.order_by("pk")}


def _create(rows: Sequence[Values], target: Target) -> None:
    if not rows:
        return
    now = timezone.now()
    release = next((cause.release for cause in target.causes.values()), None)
    records = [
        Postmortem(
            reference=reference,
            external_id=row["external_id"],
            origin=Origin.IMPORT,
            unit=target.unit,
            visibility=target.visibility,
            state=PostmortemState.PUBLISHED,
            published_at=now,
            published_by=target.by,
            verification=Verification.INCIDENT_RECORD,
            release=release,
            **_facts(row),
        )
        for row, reference in zip(rows, next_references(len(rows)), strict=True)
    ]
    for record, row in zip(records, rows, strict=True):
        record.cause_slugs = causes_of(row)
        record.quarter = copies.quarter_of(
            record.detected_on, record.detected_precision
        )
    Postmortem.objects.bulk_create(records)
    _write_parts(list(zip(records, rows, strict=True)), target)
    upserts.record_creations(by=target.by, verb="postmortem_imported", rows=records)
    # One event tells of the whole batch: its listeners recompute once anyway.
    outbox.emit(
        topic="postmortem.published",
        target=records[0],
        payload={"imported": len(records)},
    )


def causes_of(row: Values) -> list[str]:
    """Return the causes of a row that count."""
    return counted_causes(
        (each["cause"], each["role"], each["confidence"])
        for each in row.get("causes") or ()
    )


def _facts(row: Values) -> dict[str, Any]:
    """Return the slim facts that the row says, as the columns hold them."""
    facts = {name: row[name] for name in STATED if row.get(name) is not None}
    return facts | _amounts(row)


def _amounts(row: Values) -> dict[str, Any]:
    given = {name: row.get(name) for name in AMOUNTS}
    return columns_of(given, row.get("currency") or "")


def _write_parts(pairs: Sequence[tuple[Postmortem, Values]], target: Target) -> None:
    PostmortemText.objects.bulk_create(
        text for record, row in pairs for text in _texts(record, row)
    )
    PostmortemDetail.objects.bulk_create(
        PostmortemDetail(
            postmortem=record,
            **{name: row[name] for name in DETAILS if row.get(name) is not None},
        )
        for record, row in pairs
    )
    Source.objects.bulk_create(
        Source(postmortem=record, **each)
        for record, row in pairs
        for each in row.get("sources") or ()
    )
    ActionItem.objects.bulk_create(
        ActionItem(postmortem=record, **each)
        for record, row in pairs
        for each in row.get("actions") or ()
    )
    _append_steps(pairs, target)
    _write_codings(pairs, target)
    copies.refresh_search([record.pk for record, _row in pairs])


def _texts(record: Postmortem, row: Values) -> Iterable[PostmortemText]:
    words = {name: row[name] for name in PROSE if row.get(name) is not None}
    yield PostmortemText(postmortem=record, language=record.language, **words)
    for language, said_there in (row.get("translations") or {}).items():
        if language != record.language:
            yield PostmortemText(postmortem=record, language=language, **said_there)


def _append_steps(pairs: Sequence[tuple[Postmortem, Values]], target: Target) -> None:
    TimelineEntry.objects.bulk_create(
        TimelineEntry(postmortem=record, author=target.by, **each)
        for record, row in pairs
        for each in row.get("timeline") or ()
    )


def _write_codings(pairs: Sequence[tuple[Postmortem, Values]], target: Target) -> None:
    CauseCoding.objects.bulk_create(
        CauseCoding(
            postmortem=record,
            coder=target.by,
            quarter=record.quarter,
            sector=record.sector,
            **{**each, "cause": target.causes[each["cause"]]},
        )
        for record, row in pairs
        for each in row.get("causes") or ()
    )


def _update(record: Postmortem, row: Values, target: Target) -> bool:
    """Bring one record in line; return whether anything differed."""
    held = row_of(record)
    wanted = {**held, **{name: _plain(name, value) for name, value in row.items()}}
    wanted = {**BLANKS, **said(wanted)}
    told = dict(wanted.get("translations", {}))
    told.pop(wanted["language"], None)
    wanted = said({**wanted, "translations": told})
    names = [
        n for n in {*held, *wanted} if _comparable(held, n) != _comparable(wanted, n)
    ]
    if not names:
        return False
    columns = _amounts(wanted)
    before = _fields(names, held, {n: getattr(record, n) for n in columns})
    facts = {name: wanted.get(name, _blank(name)) for name in STATED}
    for name, value in (facts | columns).items():
        setattr(record, name, value)
    record.quarter = copies.quarter_of(record.detected_on, record.detected_precision)
    record.version += 1
    record.save()
    _merge(record, wanted, set(names), target)
    trail.record(
        by=target.by,
        verb="postmortem_reimported",
        target=record,
        before=trail.plain(before),
        after=trail.plain(_fields(names, wanted, columns)),
    )
    outbox.emit(topic="postmortem.changed", target=record)
    return True


def _comparable(row: Values, name: str) -> Any:
    """Return what the row says, lists in one order: rows of parts have none to keep."""
    value = row.get(name)
    if not isinstance(value, list):
        return value
    return sorted(json.dumps(each, default=str, sort_keys=True) for each in value)


def _fields(names: Iterable[str], row: Values, columns: Values) -> dict[str, Any]:
    """Return what the row says, by the names of the fields that hold it."""
    told = {name: row.get(name, _blank(name)) for name in names if name not in AMOUNTS}
    return told | {COLUMN[n]: columns[COLUMN[n]] for n in names if n in AMOUNTS}


def _merge(
    record: Postmortem, wanted: Values, names: Collection[str], target: Target
) -> None:
    """Bring those parts in line that differ, and what is copied from them."""
    own = {name: wanted[name] for name in PROSE if name in wanted}
    merging.texts(record, {**wanted.get("translations", {}), record.language: own})
    merging.detail(record, wanted)
    if "sources" in names:
        merging.sources(record, wanted.get("sources", ()))
    if "actions" in names:
        merging.actions(record, wanted.get("actions", ()))
    if "timeline" in names:
        merging.timeline(record, wanted.get("timeline", ()), target.by)
    if "causes" in names:
        merging.codings(record, wanted.get("causes", ()), target.causes, target.by)
    copies.refresh_causes(record)
    copies.refresh_coding_facts(record)
    copies.refresh_search([record.pk])


def _plain(name: str, value: Any) -> Any:
    """Return a value of a row as the record would tell it."""
    return float(value) if name in NUMBERS and value is not None else value


NUMBERS = frozenset(
    {"target", "promised", "training", "test", "operation", "human_agreement"}
)


def _blank(name: str) -> Any:
    """Return what a field holds where a row says nothing of it."""
    if name in BLANKS:
        return BLANKS[name]
    for model in (Postmortem, PostmortemDetail):
        if name in {field.name for field in model._meta.concrete_fields}:
            field: Any = model._meta.get_field(name)
            return None if field.null else ""
    return [] if name in PARTS else ""
