"""Parts of a payload as flat rows: what CSV files and table views hold."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portfolio.reports.shown import Json

MEASURE = ("count", "n", "value", "low", "high", "interval", "reason")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "summary": ("measure", "key", *MEASURE),
    "failure-rate": ("measure", *MEASURE),
    "base-rates": (
        "cause",
        "parent",
        *MEASURE,
        "shrunken_value",
        "shrunken_low",
        "shrunken_high",
        "shrunken_interval",
    ),
    "pareto": (
        "measure",
        "cause",
        *MEASURE,
        "split_share",
        "cumulative",
        "amount_minor",
        "currency",
    ),
    "stage-matrix": ("introduced", "detected", "count", "reason"),
    "trend": ("quarter", *MEASURE, "change"),
    "escape-time": (
        "since",
        "cause",
        "n",
        "median_days",
        "low",
        "high",
        "interval",
        "reason",
    ),
}
"""Report -> its columns, in order."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "summary": (
        "projects",
        "coded",
        "failure_rate",
        "outcomes",
        "tiers",
        "robustness",
        "escape_time",
        "missing",
    ),
    "failure-rate": ("failure_rate", "outcomes", "missing"),
    "base-rates": ("base_rates", "published_rates"),
    "pareto": ("pareto", "cost"),
    "stage-matrix": ("stage_matrix", "entries_per_stage", "escape_time"),
    "trend": ("trend",),
}
"""Report -> the parts of the payload that it serves."""


def part_of(payload: Json, report: str) -> Json:
    """Return the parts of the payload that make up a report."""
    return {name: payload[name] for name in PARTS[report] if name in payload}


def rows_of(payload: Json, report: str) -> list[Json]:
    """Return the report's rows, each with every column."""
    columns = COLUMNS[report]
    return [
        {column: row.get(column) for column in columns}
        for row in _READERS[report](payload)
    ]


def _failure_rate(payload: Json) -> Iterator[Json]:
    if found := payload.get("failure_rate"):
        yield {"measure": "failure_rate", **found}
        yield {"measure": "coverage", **found["coverage"]}


def _summary(payload: Json) -> Iterator[Json]:
    yield from _failure_rate(payload)
    for name in ("outcomes", "tiers"):
        word = name.removesuffix("s")
        for row in payload.get(name, ()):
            yield {"measure": word, "key": row[word], **row}
    yield {"measure": "robustness", **payload["robustness"]}


def _base_rates(payload: Json) -> Iterator[Json]:
    for row in payload["base_rates"]["rows"]:
        pulled: Mapping[str, Any] = row["shrunken"] or {}
        yield {**row, **{f"shrunken_{name}": pulled.get(name) for name in pulled}}


def _pareto(payload: Json) -> Iterator[Json]:
    for row in payload["pareto"]["rows"]:
        yield {"measure": "records", **row}
    for row in payload["cost"]["rows"]:
        yield {"measure": "cost", "currency": payload["cost"]["currency"], **row}


def _stage_matrix(payload: Json) -> Iterator[Json]:
    found = payload["stage_matrix"]
    for row, line in zip(found["stages"], found["cells"], strict=True):
        for column, count in zip(found["stages"], line, strict=True):
            reason = "small_cell" if count is None else None
            yield {
                "introduced": row,
                "detected": column,
                "count": count,
                "reason": reason,
            }


def _trend(payload: Json) -> Iterator[Json]:
    yield from payload["trend"]["rows"]


def _escape_time(payload: Json) -> Iterator[Json]:
    for since, found in payload["escape_time"].items():
        yield {"since": since, "cause": "", **found}
        for row in found["causes"]:
            yield {"since": since, **row}


_READERS: Mapping[str, Callable[[Json], Iterator[Json]]] = {
    "summary": _summary,
    "failure-rate": _failure_rate,
    "base-rates": _base_rates,
    "pareto": _pareto,
    "stage-matrix": _stage_matrix,
    "trend": _trend,
    "escape-time": _escape_time,
}
