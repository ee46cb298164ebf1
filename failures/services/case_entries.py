"""Reading a public case as written in the content files."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from failures.choices import (
    CauseRole,
    Confidence,
    CostBasis,
    Detection,
    Modality,
    OutcomeClass,
    Sector,
    Severity,
    Stage,
    Task,
    Verification,
)
from failures.taxonomy import LANGUAGES, Reader
from riskbase.shared.money import minor_of

CASE_KEYS = frozenset(
    {
        "slug", "title", "summary", "intended", "lesson", "loss", "outcome",
        "detection", "task", "modality", "severity", "sector", "stage_introduced",
        "stage_detected", "causes", "organization", "year_started", "year_failed",
        "cost", "harmed_count", "verification", "unsure", "sources", "aiid_incident",
    }
)  # fmt: skip
OPTIONAL_KEYS = frozenset({"unsure", "aiid_incident", "year_started"})
MEMBERS: dict[str, frozenset[str]] = {
    "outcome": frozenset(OutcomeClass.values),
    "detection": frozenset(Detection.values),
    "task": frozenset(Task.values),
    "modality": frozenset(Modality.values),
    "severity": frozenset(Severity.values),
    "sector": frozenset(Sector.values),
    "stage_introduced": frozenset(Stage.values),
    "stage_detected": frozenset(Stage.values),
    "verification": frozenset(Verification.values),
}
INCIDENT_ADDRESS = "https://incidentdatabase.ai/cite/{}"


@dataclass(frozen=True)
class Case:
    """A public case, in the words of our tables."""

    slug: str
    facts: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]
    causes: list[tuple[str, str, str]]
    sources: list[dict[str, Any]]

    @property
    def external_id(self) -> str:
        return f"case:{self.slug}"


def read_case(reader: Reader, entry: Mapping[str, Any], causes: frozenset[str]) -> Case:
    """Read one case; faults go to the reader."""
    place = f"cases[{entry.get('slug')}]"
    reader.keys(entry, place, CASE_KEYS, OPTIONAL_KEYS)
    return Case(
        slug=reader.slug(entry.get("slug"), f"{place}.slug"),
        facts=_facts(reader, entry, place),
        texts=_texts(reader, entry, place),
        causes=_causes(reader, entry, place, causes),
        sources=_sources(reader, entry, place),
    )


def _facts(reader: Reader, entry: Mapping[str, Any], place: str) -> dict[str, Any]:
    facts: dict[str, Any] = {
        name: reader.member(entry.get(name), f"{place}.{name}", allowed, empty=True)
        for name, allowed in MEMBERS.items()
    }
    year = reader.whole(entry.get("year_failed"), f"{place}.year_failed")
    facts["detected_on"] = dt.date(year, 1, 1) if year else None
    facts["harmed_count"] = reader.whole(
        entry.get("harmed_count"), f"{place}.harmed_count"
    )
    return facts | _cost(reader, entry.get("cost"), f"{place}.cost")


def _cost(reader: Reader, value: object, place: str) -> dict[str, Any]:
    if not value:
        return {"cost_minor": None, "currency": "", "cost_basis": ""}
    cost = reader.mapping(value, place)
    reader.keys(cost, place, frozenset({"amount", "currency", "basis"}))
    amount = reader.number(cost.get("amount"), f"{place}.amount") or 0
    currency = reader.text(cost.get("currency"), f"{place}.currency")
    return {
        "cost_minor": minor_of(Decimal(str(amount)), currency),
        "currency": currency,
        "cost_basis": reader.member(
            cost.get("basis"), f"{place}.basis", frozenset(CostBasis.values)
        ),
    }


def _texts(
    reader: Reader, entry: Mapping[str, Any], place: str
) -> dict[str, dict[str, str]]:
    fields = {
        "title": reader.words(entry.get("title"), f"{place}.title"),
        "summary": reader.words(entry.get("summary"), f"{place}.summary"),
        "intended": reader.words(
            entry.get("intended"), f"{place}.intended", empty=True
        ),
        "lessons": reader.words(entry.get("lesson"), f"{place}.lesson", empty=True),
        "loss": reader.words(entry.get("loss"), f"{place}.loss", empty=True),
    }
    organization = str(entry.get("organization") or "")
    return {
        language: {name: words.get(language, "") for name, words in fields.items()}
        | {"organization": organization}
        for language in LANGUAGES
    }


def _causes(
    reader: Reader, entry: Mapping[str, Any], place: str, known: frozenset[str]
) -> list[tuple[str, str, str]]:
    found = []
    for index, each in enumerate(
        reader.sequence(entry.get("causes"), f"{place}.causes")
    ):
        spot = f"{place}.causes[{index}]"
        reader.keys(each, spot, frozenset({"cause", "role", "confidence"}))
        found.append(
            (
                reader.member(each.get("cause"), f"{spot}.cause", known),
                reader.member(
                    each.get("role"), f"{spot}.role", frozenset(CauseRole.values)
                ),
                reader.member(
                    each.get("confidence"),
                    f"{spot}.confidence",
                    frozenset(Confidence.values),
                ),
            )
        )
    return found


def _sources(
    reader: Reader, entry: Mapping[str, Any], place: str
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "publisher": str(source.get("publisher") or ""),
            "title": reader.text(source.get("title"), f"{place}.sources[{i}].title"),
            "year": reader.whole(source.get("year"), f"{place}.sources[{i}].year"),
            "url": str(source.get("url") or ""),
        }
        for i, source in enumerate(
            reader.sequence(entry.get("sources"), f"{place}.sources")
        )
    ]
    incident = reader.whole(entry.get("aiid_incident"), f"{place}.aiid_incident")
    address = INCIDENT_ADDRESS.format(incident)
    if incident and address not in {source["url"].rstrip("/") for source in found}:
        found.append(
            {
                "publisher": "AI Incident Database",
                "title": f"Incident {incident}",
                "year": None,
                "url": address,
            }
        )
    return found
