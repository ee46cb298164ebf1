"""Everything counted for one scope, and the table of counts that protects it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from failures.taxonomy.tree import CauseTree
from portfolio.stats import escape, trends
from portfolio.stats.pareto import Pareto, pareto_of_cost, pareto_of_records
from portfolio.stats.rates import FailureRate, Rate, cause_base_rates, failure_rate
from portfolio.stats.records import (
    CLOSING,
    FAILURES,
    PostmortemFact,
    ProjectFact,
    closed_by,
    quarter_of,
    records_of,
)
from portfolio.stats.robustness import robustness_share
from portfolio.stats.stage_matrix import StageMatrix, stage_matrix
from portfolio.stats.suppression import Table

TIERS = ("low", "moderate", "high", "critical", "not_assessed")
ESCAPES = ("introduced", "detectable")
CASE_OUTCOMES = ("failed", "abandoned", "degraded", "near_miss", "not_recorded")


@dataclass(frozen=True)
class Ground:
    """What all scopes of one computation share."""

    as_of: dt.date
    tree: CauseTree
    stages: tuple[str, ...]
    robustness_related: frozenset[str]

    def top_level(self, causes: frozenset[str]) -> frozenset[str]:
        """Return the top-level causes of a record."""
        return frozenset(
            self.tree.top_level_of(cause) for cause in causes if cause in self.tree
        )


@dataclass(frozen=True)
class CauseTally:
    """What the codings say; `escapes` by (since, top-level cause or all: '')."""

    base_rates: Mapping[str, Rate]
    pareto: Pareto
    cost: Pareto
    matrix: StageMatrix
    robustness: Rate
    escapes: Mapping[tuple[str, str], escape.Median]

    @property
    def coded(self) -> int:
        """Records with at least one cause that counts."""
        return self.pareto.n


@dataclass(frozen=True)
class Tally:
    """Results of one scope before anything is withheld."""

    n: int
    """Closed projects, or cases."""
    outcomes: Mapping[str, int]
    causes: CauseTally
    quarters: Sequence[trends.Quarter]
    windows: Sequence[trends.Window]
    is_demo: bool
    failure: FailureRate | None = None
    projects: int = 0
    tiers: Mapping[str, int] = field(default_factory=dict)


def tally_portfolio(
    projects: Sequence[ProjectFact], ground: Ground, currency: str = ""
) -> Tally:
    """Count own projects: everything has a denominator."""
    closed = closed_by(projects, ground.as_of)
    records = records_of(closed)
    ended = [
        (project.quarter, project.failed)
        for project in closed
        if project.quarter is not None
    ]
    outcomes = Counter(project.outcome for project in closed)
    tiers = Counter(project.tier or "not_assessed" for project in projects)
    quarters = trends.quarters(ended, quarter_of(ground.as_of))
    return Tally(
        outcomes={kind: outcomes[kind] for kind in CLOSING},
        tiers={tier: tiers[tier] for tier in TIERS},
        quarters=quarters,
        windows=trends.rolling(quarters),
        failure=failure_rate(projects, ground.as_of),
        projects=len(projects),
        n=len(closed),
        is_demo=any(project.is_demo for project in projects),
        causes=_causes(records, len(closed), ground, currency),
    )


def tally_cases(
    records: Sequence[PostmortemFact], ground: Ground, frame: Tally | None = None
) -> Tally:
    """Count published records: shares among them, never rates.

    `frame` lends its quarters and its currency to the count of some of its records.
    """
    dated = [record.quarter for record in records if record.quarter is not None]
    last = max(dated, default=0)
    recent = [(each, True) for each in dated if each > last - trends.SPAN]
    outcomes = Counter(record.outcome or "not_recorded" for record in records)
    quarters = trends.quarters(recent, last)
    if frame is not None:
        quarters = trends.recounted(frame.quarters, dated)
    coded = sum(bool(ground.top_level(record.causes)) for record in records)
    return Tally(
        outcomes={kind: outcomes[kind] for kind in CASE_OUTCOMES},
        quarters=quarters,
        windows=trends.rolling(quarters),
        n=len(records),
        is_demo=any(record.is_demo for record in records),
        causes=_causes(
            records, coded, ground, frame.causes.cost.currency if frame else ""
        ),
    )


def _causes(
    records: Sequence[PostmortemFact], n: int, ground: Ground, currency: str
) -> CauseTally:
    """Tally the causes of `records`; `n` is the denominator of their rates."""
    hits = [ground.top_level(record.causes) for record in records]
    return CauseTally(
        base_rates=cause_base_rates(
            [record.causes for record in records], ground.tree, ground.tree, n
        ),
        pareto=pareto_of_records(hits),
        cost=pareto_of_cost(list(zip(records, hits, strict=True)), currency),
        matrix=stage_matrix(records, ground.stages),
        robustness=robustness_share(records, ground.robustness_related),
        escapes=_escapes(records, hits, ground),
    )


def _escapes(
    records: Sequence[PostmortemFact],
    hits: Sequence[frozenset[str]],
    ground: Ground,
) -> dict[tuple[str, str], escape.Median]:
    """Medians by (since, top-level cause); an empty cause stands for all."""
    found = {}
    for since in ESCAPES:
        for cause in ("", *ground.tree.top_level):
            chosen = [
                record
                for record, hit in zip(records, hits, strict=True)
                if not cause or cause in hit
            ]
            days = escape.days_to_detection(chosen, since)
            found[since, cause] = escape.median(days)
    return found


def table_of(tally: Tally, ground: Ground) -> Table:
    """Return the counts a reader will see, and how they hang together."""
    table = Table()
    table.add("n", tally.n)
    _add_outcomes(table, tally)
    if tally.failure is not None:
        _add_projects(table, tally, tally.failure)
    _add_causes(table, tally.causes, ground)
    _add_matrix(table, tally.causes.matrix)
    _add_trend(table, tally)
    table.prize("n", "failures", "coded", "projects", "due", "staged")
    table.prize(*(f"cause:{cause}" for cause in ground.tree.top_level))
    return table


def _add_all(table: Table, prefix: str, counts: Mapping[str, int]) -> list[str]:
    for name, count in counts.items():
        table.add(f"{prefix}:{name}", count)
    return [f"{prefix}:{name}" for name in counts]


def _add_remainder(table: Table, total: str, part: str) -> None:
    """Add what is left of a total: never shown, yet found by subtraction."""
    rest = table.counts[total] - table.counts[part]
    table.add(f"{total} without {part}", rest, shown=False)
    table.link(total, [part, f"{total} without {part}"])


def _add_outcomes(table: Table, tally: Tally) -> None:
    cells = _add_all(table, "outcome", tally.outcomes)
    table.link("n", cells)


def _add_projects(table: Table, tally: Tally, failure: FailureRate) -> None:
    """Add counts of projects.

    Due less closed is no cell: how complete the register is says nothing of how a
    project fared, and a rate without its coverage would mislead.
    """
    table.add("projects", tally.projects)
    table.add("due", failure.coverage.n)
    table.add("failures", failure.rate.successes)
    table.link("projects", _add_all(table, "tier", tally.tiers))
    table.link("failures", [f"outcome:{kind}" for kind in FAILURES])
    _add_remainder(table, "n", "failures")


def _add_causes(table: Table, tally: CauseTally, ground: Ground) -> None:
    table.add("coded", tally.coded)
    for cause, found in tally.base_rates.items():
        table.add(f"cause:{cause}", found.successes)
    # Counts overlap, but the split shares of Pareto's chart add up to the whole.
    top = [f"cause:{cause}" for cause in ground.tree.top_level]
    table.link("coded", top)
    table.add("codings", tally.robustness.n)
    table.add("robustness", tally.robustness.successes)
    for (since, cause), median in tally.escapes.items():
        table.add(f"escape:{since}:{cause}", median.n)
    if tally.cost.n:
        total = f"cost:{tally.cost.currency}"
        table.add(total, tally.cost.n)
        parts = {part.cause: part.count for part in tally.cost.parts}
        table.link(total, _add_all(table, total, parts))


def _add_matrix(table: Table, matrix: StageMatrix) -> None:
    table.add("staged", matrix.n)
    introduced = dict(zip(matrix.stages, matrix.introduced, strict=True))
    detected = dict(zip(matrix.stages, matrix.detected, strict=True))
    table.link("staged", _add_all(table, "introduced", introduced))
    table.link("staged", _add_all(table, "detected", detected))
    for row, line in zip(matrix.stages, matrix.counts, strict=True):
        for column, count in zip(matrix.stages, line, strict=True):
            table.add(f"stage:{row}:{column}", count)
    table.add("escaped", matrix.escaped)
    table.link("escaped", [f"stage:{row}:{column}" for row, column in matrix.later])
    for stage in matrix.stages:
        across = [f"stage:{stage}:{other}" for other in matrix.stages]
        down = [f"stage:{other}:{stage}" for other in matrix.stages]
        table.link(f"introduced:{stage}", across)
        table.link(f"detected:{stage}", down)


def _add_trend(table: Table, tally: Tally) -> None:
    """Add windows; the quarters in them are not shown, but windows overlap."""
    for part in tally.quarters:
        table.add(f"ended:{part.quarter}", part.n, shown=False)
        table.add(f"hit:{part.quarter}", part.successes, shown=False)
    for window in tally.windows:
        last = window.quarter
        span = range(last - trends.WINDOW + 1, last + 1)
        table.add(f"window:{last}", window.rate.n)
        table.link(f"window:{last}", [f"ended:{quarter}" for quarter in span])
        if tally.failure is not None:
            hits = f"window-hit:{last}"
            table.add(hits, window.rate.successes)
            table.link(hits, [f"hit:{quarter}" for quarter in span])
    if tally.failure is not None and tally.quarters:
        table.link("n", [f"ended:{part.quarter}" for part in tally.quarters])
        table.link("failures", [f"hit:{part.quarter}" for part in tally.quarters])
