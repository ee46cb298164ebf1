"""Ready mappings: files that others publish, read without asking which column is which."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from riskbase.shared.tabular import Fault, Raw

Cells = Mapping[str, Any]
Crosswalk = Mapping[str, Sequence[str]]
"""Class of a public taxonomy, folded -> our causes."""
SOURCES, CAUSES = "+sources", "+causes"
"""Columns that a ready mapping adds to the file's own."""
AIID_CITE = "https://incidentdatabase.ai/cite/{}"
AIID_CLASSES = {
    "Known AI Technical Failure": "known",
    "Potential AI Technical Failure": "possible",
}
AVID_REPORT = "https://avidml.org/database/{}"


@dataclass(frozen=True)
class ReadySource:
    """A file of a known make: how it is known, what its columns are, how they read."""

    code: str
    label: str | Promise
    marks: frozenset[str]
    """Columns by which the file is recognized."""
    mapping: Mapping[str, str]
    adapt: Callable[[Cells, Crosswalk], Cells]
    taxonomy: str = ""
    """Public taxonomy whose classes become causes."""


def _aiid(cells: Cells, crosswalk: Crosswalk) -> Cells:
    number = str(cells.get("incident_id") or cells.get("Incident ID") or "").strip()
    known = number if number.isdecimal() else ""
    adapted = dict(cells)
    adapted["incident_id"] = f"aiid:{known}" if known else None
    for name in AIID_PARTIES:
        if name in cells:
            adapted[name] = ", ".join(_listed(cells[name]))
    adapted[SOURCES] = [
        {
            "publisher": "AI Incident Database (CC BY-SA 4.0)",
            "title": f"Incident {known}",
            "url": AIID_CITE.format(known),
        }
    ]
    named: dict[str, str] = {}
    for column, confidence in AIID_CLASSES.items():
        for label in _listed(cells.get(column)):
            for slug in crosswalk.get(_folded(label), ()):
                named.setdefault(slug, confidence)
    adapted[CAUSES] = [
        {"cause": slug, "role": "contributing", "confidence": confidence}
        for slug, confidence in named.items()
    ]
    return adapted


AIID_PARTIES = (
    "Alleged deployer of AI system",
    "Alleged developer of AI system",
    "Alleged harmed or nearly harmed parties",
)


def _avid(cells: Cells, _crosswalk: Crosswalk) -> Cells:
    """Flatten a report; see the AVID report format, version 0.2."""
    number = str(_at(cells, "metadata", "report_id") or "").strip()
    problem = str(_at(cells, "problemtype", "description", "value") or "").strip()
    told = str(_at(cells, "description", "value") or "").strip()
    references = cells.get("references")
    sources = [
        {
            "title": str(each.get("label") or each.get("url") or "")[:300],
            "url": each.get("url"),
        }
        for each in (references if isinstance(references, list) else [])
        if isinstance(each, dict) and str(each.get("url") or "").startswith("http")
    ]
    return {
        "number": f"avid:{number}" if number else None,
        "title": problem[:200] or told[:200],
        "summary": told or problem,
        "date": cells.get("reported_date"),
        "developer": ", ".join(_listed(_at(cells, "affects", "developer")))[:200],
        "deployer": ", ".join(_listed(_at(cells, "affects", "deployer")))[:200],
        "system": ", ".join(
            str(each.get("name") or "")
            for each in _at(cells, "affects", "artifacts") or []
            if isinstance(each, dict)
        ),
        "impact": ", ".join(_listed(_at(cells, "impact", "avid", "sep_view"))),
        "stage": _avid_stage(_listed(_at(cells, "impact", "avid", "lifecycle_view"))),
        SOURCES: [
            *sources,
            {
                "publisher": "AI Vulnerability Database",
                "title": number,
                "url": AVID_REPORT.format(number),
            },
        ],
    }


STAGES = {
    "L01": "problem_framing",
    "L02": "data_acquisition",
    "L03": "data_preparation",
    "L04": "training",
    "L05": "evaluation",
    "L06": "deployment",
}
"""Of AVID's life cycle (business understanding to deployment), ours."""


def _avid_stage(views: Iterable[str]) -> str:
    found = (STAGES.get(view[:3]) for view in views)
    return next((stage for stage in found if stage), "")


def _at(cells: Any, *path: str) -> Any:
    for name in path:
        if not isinstance(cells, Mapping):
            return None
        cells = cells.get(name)
    return cells


def _listed(value: Any) -> list[str]:
    """Return the texts of a list, of its JSON, or of words parted by commas."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return [value]
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return []
    return [str(each).strip() for each in value if str(each).strip()]


def _folded(label: str) -> str:
    return re.sub(r"[\W_]+", "", label.casefold())


def crosswalk_of(mappings: Iterable[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Return class -> our causes from (cause, its classes in a public taxonomy)."""
    found: dict[str, list[str]] = {}
    for slug, classes in mappings:
        for label in classes:
            found.setdefault(_folded(str(label)), []).append(slug)
    return found


READY = {
    source.code: source
    for source in (
        ReadySource(
            "aiid",
            _("AI Incident Database"),
            frozenset({"incident_id", "title", "description", AIID_PARTIES[0]}),
            {
                "incident_id": "external_id",
                "title": "title",
                "description": "summary",
                "date": "detected_on",
                AIID_PARTIES[0]: "deployer",
                AIID_PARTIES[1]: "developer",
                AIID_PARTIES[2]: "affected_groups",
                SOURCES: "sources",
                CAUSES: "causes",
            },
            _aiid,
            "aiid_gmf",
        ),
        ReadySource(
            "avid",
            _("AI Vulnerability Database, reports"),
            frozenset({"metadata", "problemtype", "description"}),
            {
                "number": "external_id",
                "title": "title",
                "summary": "summary",
                "date": "detected_on",
                "developer": "developer",
                "deployer": "deployer",
                "system": "system",
                "impact": "impact",
                "stage": "stage_introduced",
                SOURCES: "sources",
            },
            _avid,
        ),
    )
}


def recognized(head: Iterable[str]) -> ReadySource | None:
    """Return the ready mapping of a file with these columns, if there is one."""
    names = set(head)
    return next((source for source in READY.values() if source.marks <= names), None)


def adapted(raw: Raw, source: ReadySource | None, crosswalk: Crosswalk) -> Raw:
    """Return the row as the mapping reads it."""
    if source is None or any(not fault.column for fault in raw.faults):
        return raw
    try:
        cells = source.adapt(raw.cells, crosswalk)
    except (AttributeError, KeyError, TypeError, ValueError):
        # Others publish these files: an item of theirs may be built in any way.
        fault = Fault(raw.row, "", "unknown_shape")
        return Raw(raw.row, {}, (*raw.faults, fault))
    return Raw(raw.row, cells, raw.faults)
