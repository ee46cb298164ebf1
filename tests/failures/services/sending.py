"""Sending files of post-mortems, good and bad, and doing what they ask for."""

import io
import random

from django.utils import timezone

import failures.tasks  # noqa: F401 - registers the work
from failures.services import imports
from riskbase.shared.jobs import queue
from riskbase.shared.tabular import Format, chunks

HEAD = (
    "external_id", "title", "summary", "severity", "outcome", "introduced_on", "detected_on",
    "cost", "currency", "harmed_count", "causes", "affected_low", "affected_high", "language",
)  # fmt: skip
GOOD = {
    "title": "Returns were taken for thefts",
    "summary": "Nine alarms in ten were staff.",
    "severity": "high",
    "outcome": "failed",
    "introduced_on": "2026-01-05",
    "detected_on": "2026-02-03",
    "cost": "94500.50",
    "currency": "EUR",
    "harmed_count": "3",
    "causes": "leakage; deployment:trigger:possible",
    "affected_low": "10",
    "affected_high": "20",
    "language": "en",
}
BAD = {
    "required": {"title": ""},
    "too_long": {"title": "x" * 201},
    "not_choice": {"severity": "dire"},
    "not_date": {"detected_on": "soon"},
    "ambiguous_date": {"detected_on": "03/04/2026"},
    "dates_order": {"introduced_on": "2026-03-01"},
    "not_decimal": {"cost": "a lot"},
    "cost_currency": {"currency": ""},
    "not_integer": {"harmed_count": "3.5"},
    "unknown_cause": {"causes": "gremlins"},
    "human_error_is_no_cause": {"causes": "human error"},
    "affected_range": {"affected_low": "21"},
}
"""Code -> what makes a good row bad in this one way: twelve kinds."""


def sheet(rows, names=HEAD):
    return io.BytesIO(b"".join(chunks(Format.CSV, names, rows)))


def send(rows, unit, by, names=HEAD, **options):
    file = rows if isinstance(rows, io.BytesIO) else sheet(rows, names)
    return imports.upload(file=file, name="file.csv", unit=unit, by=by, **options)


def do(run, by, *, mode="partial", is_dry=False, **options):
    """Ask for it and let the worker's function do it; return the run as it is then."""
    run = imports.start(run=run, by=by, mode=mode, is_dry=is_dry, **options)
    queue.run(str(run.job.pk), now=timezone.now())
    run.refresh_from_db()
    return run


def many(count, bad, seed=7):
    """Return rows of which `bad` are bad, and (row of the file, code) of these."""
    draw = random.Random(seed)  # noqa: S311 - a sample
    rows = [{"external_id": f"pm-{n}", **GOOD} for n in range(count)]
    places = draw.sample(range(count), bad)
    wrong = []
    for number, at in enumerate(places):
        code = list(BAD)[number % len(BAD)]
        rows[at] |= BAD[code]
        wrong.append((at + 2, code))
    return rows, sorted(wrong)


def told(run):
    return sorted(run.faults.values_list("row", "code"))
