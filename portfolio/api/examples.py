"""What reports and jobs look like in the examples of the schema."""

from typing import Any

WORDS: dict[str, Any] = {
    "open_actions": 2,
    "next_due_on": "2026-05-15",
    "Job.kind": "portfolio.refresh",
    "key": "all",
    "Job.state": "running",
    "percent": 40,
    "done_steps": 4,
    "total_steps": 10,
    "message": "Computing statistics",
    "finished_at": None,
    "Job.result": None,
}


def _share(count: int, low: float, high: float, n: int = 20) -> dict[str, Any]:
    return {
        "count": count,
        "n": n,
        "value": count / n,
        "low": low,
        "high": high,
        "interval": "wilson",
        "reason": None,
    }


FAILURE_RATE = {
    **_share(8, 0.218807, 0.613418),
    "coverage": _share(20, 0.838875, 1.0),
    "least_coverage": 0.8,
    "coverage_is_low": False,
}
OUTCOMES = [
    {"outcome": "success", **_share(12, 0.386582, 0.781193)},
    {"outcome": "failed", **_share(8, 0.218807, 0.613418)},
]
NO_ESCAPE: dict[str, Any] = {
    "n": 0,
    "median_days": None,
    "low": None,
    "high": None,
    "interval": None,
    "reason": "no_data",
    "causes": [],
}
ESCAPE_TIME = {"introduced": NO_ESCAPE, "detectable": NO_ESCAPE}

RESULTS: dict[str, dict[str, Any]] = {
    "summary": {
        "projects": 20,
        "coded": 8,
        "failure_rate": FAILURE_RATE,
        "outcomes": OUTCOMES,
        "tiers": [{"tier": "high", **_share(7, 0.181, 0.567)}],
        "robustness": _share(3, 0.136844, 0.694258, 8),
        "escape_time": ESCAPE_TIME,
        "missing": [],
    },
    "base-rates": {
        "base_rates": {
            "measure": "rate",
            "n": 20,
            "rows": [
                {
                    "cause": "leakage",
                    "parent": None,
                    **_share(8, 0.218807, 0.613418),
                    "shrunken": {
                        "value": 0.405,
                        "low": 0.211,
                        "high": 0.616,
                        "interval": "jeffreys",
                        "towards": None,
                        "strength": 1.0,
                        "strength_method": "jeffreys",
                    },
                }
            ],
        },
        "published_rates": [],
    },
    "pareto": {
        "pareto": {
            "n": 8,
            "left_out": 0,
            "rows": [
                {
                    "cause": "leakage",
                    **_share(6, 0.409, 0.929, 8),
                    "split_share": 0.75,
                    "cumulative": 0.75,
                }
            ],
        },
        "cost": {
            "n": 0,
            "rows": [],
            "total_minor": None,
            "currency": "",
            "reason": "no_data",
        },
    },
    "stage-matrix": {
        "stage_matrix": {
            "n": 8,
            "stages": ["data_preparation", "operation"],
            "cells": [[2, 6], [0, 0]],
            "introduced": [8, 0],
            "detected": [2, 6],
            "escaped": _share(6, 0.409, 0.929, 8),
        },
        "entries_per_stage": {"data_preparation": 5, "operation": 6},
        "escape_time": ESCAPE_TIME,
    },
    "trend": {
        "trend": {
            "measure": "failure_rate",
            "window_quarters": 4,
            "rows": [
                {
                    "quarter": "2026-Q2",
                    **_share(8, 0.218807, 0.613418),
                    "change": "",
                }
            ],
        }
    },
    "failure-rate": {
        "failure_rate": FAILURE_RATE,
        "outcomes": OUTCOMES,
        "missing": [],
    },
}


def report_of(name: str) -> dict[str, Any]:
    """Return an example of the named report, with its provenance."""
    return {
        "report": name,
        "snapshot": "019370a2-b3c4-7d5e-8f90-16a0eeb0791b",
        "population": "portfolio",
        "unit": None,
        "as_of": "2026-06-30",
        "computed_at": "2026-06-30T02:30:04Z",
        "method_version": "1.0",
        "watermark": "019370a2-b3c4-7d5e-8f90-c0ffee000000",
        "filter": {
            "population": "portfolio",
            "unit": None,
            "roles": ["root", "contributing"],
            "confidence": ["known", "probable"],
        },
        "n": 20,
        "small_cell_threshold": 5,
        "contains_demo": False,
        "result": RESULTS[name],
    }
