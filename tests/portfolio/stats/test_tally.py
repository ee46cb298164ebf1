"""One scope counted, and the table of its counts."""

import datetime as dt
import random

import pytest

from failures.taxonomy.tree import CauseTree
from portfolio.stats.records import CodingFact, PostmortemFact, ProjectFact
from portfolio.stats.suppression import across, protect
from portfolio.stats.tally import Ground, table_of, tally_cases, tally_portfolio

AS_OF = dt.date(2026, 6, 30)
TREE = CauseTree({"a": None, "a1": "a", "b": None, "c": None})
GROUND = Ground(AS_OF, TREE, ("data", "training", "operation"), frozenset({"a1"}))
KINDS = ("success", "near_miss", "failed", "abandoned", "degraded", "")


def invent(seed, unit, size):
    """Return projects drawn from a seeded generator."""
    draw = random.Random(seed)  # noqa: S311 - invented facts, not secrets
    projects = []
    for index in range(size):
        kind = draw.choice(KINDS)
        ended = AS_OF - dt.timedelta(days=draw.randrange(900))
        record = None
        if kind not in {"", "success"} and draw.random() < 0.8:
            record = PostmortemFact(
                key=f"{unit}{index}",
                outcome=kind,
                stage_introduced=draw.choice(GROUND.stages),
                stage_detected=draw.choice(GROUND.stages),
                introduced_on=ended - dt.timedelta(days=draw.randrange(100)),
                detected_on=ended,
                cost_minor=draw.choice([None, 1000, 5000]),
                currency="EUR",
                codings=tuple(
                    CodingFact(cause, "root", draw.choice(["known", "possible"]))
                    for cause in draw.sample(list(TREE), 2)
                ),
            )
        projects.append(
            ProjectFact(
                key=f"{unit}{index}",
                unit=unit,
                tier=draw.choice(["low", "high", ""]),
                due_on=ended,
                outcome=kind,
                outcome_on=ended if kind else None,
                postmortem=record,
            )
        )
    return projects


@pytest.mark.parametrize("seed", range(5))
def test_every_sum_of_the_table_adds_up(seed):
    table = table_of(tally_portfolio(invent(seed, "u", 60), GROUND), GROUND)
    overlapping = {"coded", "cost:EUR"}
    for each in table.sums:
        parts = sum(table.counts[part] for part in each.parts)
        if each.total in overlapping:
            assert parts >= table.counts[each.total]
        else:
            assert parts == table.counts[each.total], each.total


def test_shares_of_cases_are_among_coded_cases():
    records = [
        PostmortemFact("1", codings=(CodingFact("a1", "root", "known"),)),
        PostmortemFact("2", codings=(CodingFact("b", "trigger", "known"),)),
    ]
    found = tally_cases(records, GROUND)
    assert found.n == 2
    assert found.causes.base_rates["a"].n == 1
    assert found.failure is None


def test_units_add_up_to_the_whole():
    units = {name: invent(index, name, 30) for index, name in enumerate("xyz")}
    whole = tally_portfolio([p for group in units.values() for p in group], GROUND)
    parts = [tally_portfolio(group, GROUND) for group in units.values()]
    for cause in TREE:
        total = sum(part.causes.base_rates[cause].successes for part in parts)
        assert whole.causes.base_rates[cause].successes == total
    assert whole.n == sum(part.n for part in parts)


def test_no_small_count_is_left_in_sight():
    units = {name: invent(index, name, 25) for index, name in enumerate("xyz")}
    tables = {
        name: table_of(tally_portfolio(group, GROUND), GROUND)
        for name, group in units.items()
    }
    everybody = [project for group in units.values() for project in group]
    tables["all"] = table_of(tally_portfolio(everybody, GROUND), GROUND)
    parents = dict.fromkeys(units, "all") | {"all": None}
    joined = across(tables, parents)
    hidden = protect(joined, 5)
    shown = joined.counts.keys() - joined.unpublished - hidden
    assert not [cell for cell in shown if 0 < joined.counts[cell] < 5]
    assert len(shown) > 100
