"""All scopes computed together, because small cells hide in their differences."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from failures.choices import Stage
from failures.taxonomy.tree import CauseTree
from portfolio.facts import Facts
from portfolio.models import Population
from portfolio.reports import sections
from portfolio.reports.missing import missing
from portfolio.reports.scopes import CASES, WHOLE, Scope, scopes_of
from portfolio.reports.shown import Json, Shown, shrunken
from portfolio.stats import METHOD_VERSION
from portfolio.stats.entries import entries_per_stage
from portfolio.stats.records import COUNTED_CONFIDENCE, COUNTED_ROLES
from portfolio.stats.shrinkage import Count, shrink
from portfolio.stats.suppression import Table, across, protect
from portfolio.stats.tally import (
    Ground,
    Tally,
    table_of,
    tally_cases,
    tally_portfolio,
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """A computed payload with the number of records behind it."""

    scope: Scope
    n: int
    payload: Json

    @property
    def digest(self) -> str:
        """Return the sha256 of the payload's canonical JSON."""
        text = json.dumps(self.payload, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Whole:
    """All scopes counted, and what none of them may show."""

    facts: Facts
    ground: Ground
    k: int
    tallies: Mapping[str, Tally]
    tables: Mapping[str, Table]
    parents: Mapping[str, str]
    hidden: frozenset[str]

    def shown(self, scope: str) -> Shown:
        """Return the counts of one scope as a reader may see them."""
        return Shown(self.tables[scope].counts, self._hidden_in[scope])

    @cached_property
    def _hidden_in(self) -> Mapping[str, frozenset[str]]:
        """What is withheld in each scope."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name in self.hidden:
            scope, _bar, cell = name.partition("|")
            found[scope].add(cell)
        return {scope: frozenset(found[scope]) for scope in self.tables}


def compute(
    facts: Facts, *, as_of: dt.date, k: int, progress: Progress | None = None
) -> list[Report]:
    """Return the report of every scope."""
    report = progress or (lambda _done, _total: None)
    scopes = scopes_of(facts)
    total = 2 * len(scopes)
    ground = ground_of(facts, as_of)
    tallies, unread = {}, {}
    for done, scope in enumerate(scopes):
        report(done, total)
        tallies[scope.key] = tally = _tally(scope, ground)
        if any(case.is_open for case in facts.cases):
            unread[scope.key] = table_of(_tally(scope.unread, ground, tally), ground)
    tables = {key: table_of(tally, ground) for key, tally in tallies.items()}
    parents = {scope.key: scope.parent for scope in scopes if scope.parent}
    above = {scope.key: scope.parent or None for scope in scopes}
    hidden: frozenset[str] = frozenset()
    for part in filter(None, (tables, unread)):
        # Who may read a record can count it: what is left must not be small either.
        beat = partial(report, len(scopes), total)
        hidden |= protect(across(part, above), k, beat)
    whole = Whole(facts, ground, k, tallies, tables, parents, hidden)
    reports = []
    for done, scope in enumerate(scopes, start=len(scopes)):
        report(done, total)
        payload = payload_of(scope, whole)
        reports.append(Report(scope, tallies[scope.key].n, payload))
    return reports


def _tally(scope: Scope, ground: Ground, frame: Tally | None = None) -> Tally:
    if scope.key == CASES:
        return tally_cases(scope.cases, ground, frame)
    currency = frame.causes.cost.currency if frame else ""
    return tally_portfolio(scope.projects, ground, currency)


def ground_of(facts: Facts, as_of: dt.date) -> Ground:
    """Return what all scopes share."""
    return Ground(
        as_of=as_of,
        tree=CauseTree({cause.slug: cause.parent for cause in facts.causes}),
        stages=tuple(Stage.values),
        robustness_related=frozenset(
            cause.slug for cause in facts.causes if cause.robustness_related
        ),
    )


def payload_of(scope: Scope, whole: Whole) -> Json:
    """Return what pages and the API say of a scope."""
    tally, shown = whole.tallies[scope.key], whole.shown(scope.key)
    causes = tally.causes
    body: Json = {
        "population": scope.population.value,
        "method_version": METHOD_VERSION,
        "small_cell_threshold": whole.k,
        "contains_demo": tally.is_demo,
        "filter": {
            "population": scope.population.value,
            "unit": scope.unit or None,
            "roles": list(COUNTED_ROLES),
            "confidence": list(COUNTED_CONFIDENCE),
        },
        "n": shown.count("n"),
        "coded": shown.count("coded"),
        "outcomes": sections.split("outcome", "outcome", tally.outcomes, shown),
        "base_rates": _base_rates(scope, whole),
        "pareto": sections.pareto(causes.pareto, shown, "cause", "coded"),
        "cost": sections.cost(causes.cost, shown),
        "stage_matrix": sections.matrix(causes.matrix, shown),
        "trend": sections.trend(tally, shown),
        "robustness": sections.robustness(causes, shown),
        "escape_time": sections.escapes(causes, shown),
        "entries_per_stage": entries_per_stage(
            (cause.stages for cause in whole.facts.causes), whole.ground.stages
        ),
        "published_rates": whole.facts.published,
        "missing": missing(tally, whole.k),
    }
    if tally.failure is not None:
        body |= {
            "projects": shown.count("projects"),
            "tiers": sections.split("tier", "tier", tally.tiers, shown),
            "failure_rate": sections.failure_rate(tally.failure, shown),
        }
    return body


def _base_rates(scope: Scope, whole: Whole) -> Json:
    """Return the rate of every node, raw and shrunken towards the scope above."""
    shown = whole.shown(scope.key)
    total = "coded" if scope.population == Population.CASES else "n"
    rows = []
    for cause, found in whole.tallies[scope.key].causes.base_rates.items():
        row = {
            "cause": cause,
            "parent": whole.ground.tree.parent_of(cause),
            **shown.measure(f"cause:{cause}", found, total),
        }
        rows.append(row | {"shrunken": _shrunken(scope, cause, whole)})
    return {
        "measure": "share" if scope.population == Population.CASES else "rate",
        "n": shown.count(total),
        "rows": rows,
    }


def _shrunken(scope: Scope, cause: str, whole: Whole) -> Json | None:
    """Return the share pulled towards the containing scope.

    Withheld with the raw one, and where it would tell of a withheld parent.
    """
    cell = f"cause:{cause}"
    if scope.population == Population.CASES or whole.shown(scope.key).hides(cell, "n"):
        return None
    parent = _nearest(scope.parent, whole)
    if parent and whole.shown(parent).hides(cell, "n"):
        return None
    count = _count(scope.key, cause, whole)
    if count[1] == 0:
        return None
    above = _count(parent, cause, whole) if parent else None
    siblings = [
        _count(key, cause, whole)
        for key, containing in whole.parents.items()
        if containing == scope.parent
    ]
    return shrunken(shrink(count, above, siblings))


def _nearest(parent: str, whole: Whole) -> str:
    return parent if parent in whole.tallies else (WHOLE if parent else "")


def _count(scope: str, cause: str, whole: Whole) -> Count:
    found = whole.tallies[scope].causes.base_rates[cause]
    return found.successes, found.n
