"""The parts of a snapshot's payload, each from one result."""

from collections.abc import Mapping

from portfolio.reports.shown import NO_DENOMINATOR, SMALL_CELL, Json, Shown, rounded
from portfolio.stats.pareto import Pareto
from portfolio.stats.rates import LEAST_COVERAGE, FailureRate, rate
from portfolio.stats.records import quarter_name
from portfolio.stats.stage_matrix import StageMatrix
from portfolio.stats.tally import ESCAPES, CauseTally, Tally
from portfolio.stats.trends import WINDOW


def failure_rate(found: FailureRate, shown: Shown) -> Json:
    """Return failed / closed with coverage; low coverage is said."""
    coverage = shown.measure("n", found.coverage, "due")
    low = coverage["value"] is not None and coverage["value"] < LEAST_COVERAGE
    return {
        **shown.measure("failures", found.rate, "n"),
        "coverage": coverage,
        "coverage_is_low": low,
        "least_coverage": LEAST_COVERAGE,
    }


def split(
    name: str, prefix: str, counts: Mapping[str, int], shown: Shown
) -> list[Json]:
    """Return shares of a whole: outcomes, tiers."""
    total = "projects" if prefix == "tier" else "n"
    n = sum(counts.values())
    return [
        {name: key, **shown.measure(f"{prefix}:{key}", rate(count, n), total)}
        for key, count in counts.items()
    ]


def pareto(found: Pareto, shown: Shown, prefix: str, total: str) -> Json:
    """Return causes by their part; withheld ones stand last, in no telling order."""
    rows = []
    running = 0.0
    for part in found.parts:
        cell = f"{prefix}:{part.cause}"
        if shown.hides(cell, total):
            continue
        running += float(part.split)
        rows.append(
            {
                "cause": part.cause,
                **shown.measure(cell, rate(part.count, found.n), total),
                "split_share": rounded(float(part.split)),
                "cumulative": rounded(running),
            }
        )
    rest = [
        part for part in found.parts if shown.hides(f"{prefix}:{part.cause}", total)
    ]
    for part in sorted(rest, key=lambda part: part.cause):
        cell = f"{prefix}:{part.cause}"
        rows.append(
            {
                "cause": part.cause,
                **shown.measure(cell, rate(part.count, found.n), total),
                "split_share": None,
                "cumulative": None,
            }
        )
    # What is left out tells, with all records, how many are coded.
    left_out = None if shown.hides(total) else found.left_out
    return {"n": shown.count(total), "rows": rows, "left_out": left_out}


def cost(found: Pareto, shown: Shown) -> Json:
    """Return the parts of the known cost, in minor units of one currency."""
    total = f"cost:{found.currency}"
    if not found.n:
        return {
            "n": 0,
            "currency": "",
            "total_minor": None,
            "rows": [],
            "reason": "no_data",
        }
    body = pareto(found, shown, total, total)
    hidden = shown.hides(total)
    for row in body["rows"]:
        known = row["split_share"] is not None and not hidden
        row["amount_minor"] = round(row["split_share"] * found.total) if known else None
    del body["left_out"]
    return {
        **body,
        "currency": found.currency,
        "total_minor": None if hidden else found.total,
        "reason": SMALL_CELL if hidden else None,
    }


def matrix(found: StageMatrix, shown: Shown) -> Json:
    """Return counts by stage introduced (rows) and detected (columns)."""
    stages = found.stages
    return {
        "n": shown.count("staged"),
        "stages": list(stages),
        "cells": [
            [shown.count(f"stage:{row}:{column}") for column in stages]
            for row in stages
        ],
        "introduced": [shown.count(f"introduced:{stage}") for stage in stages],
        "detected": [shown.count(f"detected:{stage}") for stage in stages],
        "escaped": shown.measure("escaped", rate(found.escaped, found.n), "staged"),
    }


def trend(tally: Tally, shown: Shown) -> Json:
    """Return a rate (or a count of cases) for each rolling year."""
    rows = []
    for window in tally.windows:
        last = window.quarter
        cell, before = f"window:{last}", f"window:{last - WINDOW}"
        row: Json = {"quarter": quarter_name(last)}
        if tally.failure is None:
            row |= shown.measure(cell, window.rate, cell)
            row |= {"value": None, "low": None, "high": None, "interval": None}
            row["reason"] = row["reason"] or NO_DENOMINATOR
            change = ""
        else:
            hits = f"window-hit:{last}"
            row |= shown.measure(hits, window.rate, cell)
            hidden = shown.hides(hits, cell, before, f"window-hit:{last - WINDOW}")
            change = "" if hidden else window.change
        rows.append(row | {"change": change})
    return {
        "window_quarters": WINDOW,
        "measure": "failure_rate" if tally.failure else "cases",
        "rows": rows,
    }


def robustness(found: CauseTally, shown: Shown) -> Json:
    """Return the share of coded causes flagged robustness-related."""
    return shown.measure("robustness", found.robustness, "codings")


def escapes(found: CauseTally, shown: Shown) -> Json:
    """Return medians of days until detection, for all causes and for each."""
    return {
        since: {
            **shown.median(f"escape:{since}:", found.escapes[since, ""]),
            "causes": [
                {"cause": cause, **shown.median(f"escape:{since}:{cause}", median)}
                for (start, cause), median in found.escapes.items()
                if start == since and cause
            ],
        }
        for since in ESCAPES
    }
