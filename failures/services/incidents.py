"""Storing incidents of the AI Incident Database as restricted outside records."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import Unit, User
from failures.choices import (
    Origin,
    PostmortemState,
    Verification,
    Visibility,
)
from failures.models import Postmortem, PostmortemDetail, PostmortemText, Source
from failures.services import copies, upserts
from failures.services.references import next_references
from failures.services.taxonomy import Loaded
from riskbase.shared.audit import trail
from riskbase.shared.events import outbox

ADDRESS = "https://incidentdatabase.ai/cite/{}"
PUBLISHER = "AI Incident Database (CC BY-SA 4.0)"
BATCH = 500


@dataclass(frozen=True)
class Incident:
    """One row of the file, checked."""

    number: int
    on: dt.date
    title: str
    summary: str
    organization: str

    @property
    def external_id(self) -> str:
        return f"aiid:{self.number}"

    @property
    def prose(self) -> dict[str, str]:
        return {
            "title": self.title,
            "summary": self.summary,
            "organization": self.organization,
        }


def plan(*, incidents: Sequence[Incident]) -> Loaded:
    """Return what `store` would do, writing nothing."""
    existing = _existing(incidents)
    wanted = {incident.external_id: incident for incident in incidents}
    updated = sum(any(_changes(row, wanted[key])) for key, row in existing.items())
    return Loaded(len(wanted) - len(existing), updated, len(existing) - updated)


@transaction.atomic
def store(
    *,
    incidents: Sequence[Incident],
    unit: Unit | None,
    at: dt.datetime,
    by: User | None = None,
) -> Loaded:
    """Create new incidents, change those that differ; a second run changes nothing.

    An incident keeps the unit into which it was first imported.
    """
    wanted = {incident.external_id: incident for incident in incidents}
    existing = _existing(incidents)
    created = [each for key, each in wanted.items() if key not in existing]
    _create(created, unit, at, by)
    updated = [row.pk for key, row in existing.items() if _update(row, wanted[key], by)]
    copies.refresh_search(updated)
    return Loaded(len(created), len(updated), len(existing) - len(updated))


def _existing(incidents: Sequence[Incident]) -> dict[str, Postmortem]:
    rows = Postmortem.objects.filter(
        origin=Origin.IMPORT,
        external_id__in=[incident.external_id for incident in incidents],
    )
    return {str(row.external_id): row for row in rows.prefetch_related("texts")}


def _text_of(row: Postmortem) -> PostmortemText:
    texts = (each for each in row.texts.all() if each.language == "en")
    return next(texts, PostmortemText(postmortem=row, language="en"))


def _changes(
    row: Postmortem, incident: Incident
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the differing prose and the differing facts."""
    return (
        upserts.differing(_text_of(row), incident.prose),
        upserts.differing(row, {"detected_on": incident.on}),
    )


def _create(
    incidents: Sequence[Incident], unit: Unit | None, at: dt.datetime, by: User | None
) -> None:
    if not incidents:
        return
    references = next_references(len(incidents))
    rows = [
        Postmortem(
            reference=reference,
            external_id=incident.external_id,
            origin=Origin.IMPORT,
            unit=unit,
            visibility=Visibility.RESTRICTED,
            state=PostmortemState.PUBLISHED,
            published_at=at,
            published_by=by,
            language="en",
            verification=Verification.INCIDENT_RECORD,
            detected_on=incident.on,
            quarter=copies.quarter_of(incident.on, "day"),
        )
        for incident, reference in zip(incidents, references, strict=True)
    ]
    Postmortem.objects.bulk_create(rows, batch_size=BATCH)
    _create_parts(list(zip(rows, incidents, strict=True)))
    copies.refresh_search([row.pk for row in rows])
    upserts.record_creations(by=by, verb="postmortem_imported", rows=rows)
    # One event tells of the whole import: its listeners recompute once anyway.
    outbox.emit(
        topic="postmortem.published", target=rows[0], payload={"imported": len(rows)}
    )


def _create_parts(pairs: Sequence[tuple[Postmortem, Incident]]) -> None:
    PostmortemText.objects.bulk_create(
        [
            PostmortemText(postmortem=row, language="en", **incident.prose)
            for row, incident in pairs
        ],
        batch_size=BATCH,
    )
    PostmortemDetail.objects.bulk_create(
        [PostmortemDetail(postmortem=row) for row, _incident in pairs],
        batch_size=BATCH,
    )
    Source.objects.bulk_create(
        [
            Source(
                postmortem=row,
                publisher=PUBLISHER,
                title=f"Incident {incident.number}",
                url=ADDRESS.format(incident.number),
            )
            for row, incident in pairs
        ],
        batch_size=BATCH,
    )


def _update(row: Postmortem, incident: Incident, by: User | None) -> bool:
    """Bring one record in line; return whether anything differed."""
    prose, facts = _changes(row, incident)
    if not prose and not facts:
        return False
    text = _text_of(row)
    before = trail.values_of(text, prose) | trail.values_of(row, facts)
    for name, value in prose.items():
        setattr(text, name, value)
    text.save()
    quarter = copies.quarter_of(incident.on, row.date_precision)
    upserts.apply(row, {**facts, "quarter": quarter, "version": row.version + 1})
    trail.record(
        by=by,
        verb="postmortem_reimported",
        target=row,
        before=before,
        after=trail.plain({**prose, **facts}),
    )
    outbox.emit(topic="postmortem.changed", target=row)
    return True
