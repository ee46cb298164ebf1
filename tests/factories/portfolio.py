"""Projects that ended, with coded post-mortems, for statistics."""

import datetime as dt

from django.utils import timezone

from failures.models import CauseCoding, FailureCause, Postmortem
from portfolio.facts import last_event
from portfolio.models import Snapshot
from projects.choices import CLOSING_OUTCOMES
from projects.models import Outcome
from tests.factories.projects import ProjectFactory, taxonomy_of

AT = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
ON = dt.date(2026, 5, 1)


def coded_postmortem(unit=None, causes=("leakage",), *, is_published=True, **values):
    """Return a post-mortem with these root causes; without a unit, a public case."""
    release = taxonomy_of()
    record = Postmortem.objects.create(
        reference=f"T-PM-{Postmortem.objects.count():05}",
        origin="own" if unit else "case",
        unit=unit,
        visibility="unit" if unit else "organization",
        state="published" if is_published else "draft",
        published_at=AT if is_published else None,
        release=release,
        **{"outcome": "failed", **values},
    )
    for slug in causes:
        CauseCoding.objects.create(
            postmortem=record,
            cause=FailureCause.objects.get(release=release, slug=slug),
            role="root",
            confidence="known",
            quarter=record.quarter,
        )
    return record


def ended_project(unit, kind="failed", causes=(), on=ON, **values):
    """Return a project with its outcome, and a post-mortem where causes are given."""
    project = ProjectFactory(
        unit=unit,
        state="closed" if kind in CLOSING_OUTCOMES else "active",
        current_outcome=kind,
        current_outcome_on=on,
        **values,
    )
    record = None
    if causes:
        record = coded_postmortem(unit, causes, outcome=kind)
    Outcome.objects.create(
        project=project,
        kind=kind,
        happened_on=on,
        stage="operation",
        quarter=on.year * 4 + (on.month - 1) // 3,
        postmortem=record,
    )
    return project


def portfolio_of(unit, *, failed=10, succeeded=10, causes=("leakage",)):
    """Return ended projects: so many failed by these causes, so many succeeded."""
    return [
        *[ended_project(unit, "failed", causes) for _ in range(failed)],
        *[ended_project(unit, "success") for _ in range(succeeded)],
    ]


def snapshot(population="portfolio", unit=None, **values):
    """Return a current snapshot with an empty payload."""
    return Snapshot.objects.create(
        **{
            "population": population,
            "unit": unit,
            "as_of": AT.date(),
            "method_version": "1.0",
            "watermark": last_event(),
            "n": 0,
            "payload": {},
            "digest": "0" * 64,
            "computed_at": timezone.now(),
            **values,
        }
    )
