"""The payload: every number with n, denominator, interval, or the reason why not."""

import pytest

from failures.models import Postmortem
from portfolio import facts
from portfolio.reports.build import compute
from portfolio.stats.rates import wilson
from tests.factories.portfolio import (
    AT,
    coded_postmortem,
    ended_project,
    portfolio_of,
)
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def reports(k=5):
    found = compute(facts.read(), as_of=AT.date(), k=k)
    return {report.scope.key: report.payload for report in found}


def by(rows, name, key):
    return next(row for row in rows if row[name] == key)


def test_failure_rate_has_count_denominator_interval_and_coverage(retail):
    portfolio_of(retail, failed=10, succeeded=30)
    found = reports()["portfolio"]["failure_rate"]
    expected = wilson(10, 40)
    assert (found["count"], found["n"], found["value"]) == (10, 40, 0.25)
    assert found["low"] == pytest.approx(expected.low, abs=1e-6)
    assert found["high"] == pytest.approx(expected.high, abs=1e-6)
    assert found["interval"] == "wilson"
    assert found["coverage"]["value"] == 1
    assert not found["coverage_is_low"]


def test_says_when_coverage_is_low(retail):
    portfolio_of(retail, failed=6, succeeded=6)
    ProjectFactory.create_batch(10, unit=retail, due_on=AT.date().replace(month=1))
    found = reports()["portfolio"]["failure_rate"]
    assert found["coverage_is_low"]
    assert found["coverage"]["n"] == 22


def test_every_node_has_a_rate_rolled_up_the_tree(retail):
    portfolio_of(retail, failed=8, succeeded=12, causes=["lk-split"])
    rows = reports()["portfolio"]["base_rates"]["rows"]
    assert by(rows, "cause", "leakage")["count"] == 8
    assert by(rows, "cause", "lk-split")["value"] == 0.4
    assert by(rows, "cause", "deployment")["count"] == 0
    assert by(rows, "cause", "leakage")["shrunken"]["interval"] == "jeffreys"


def test_a_unit_is_shrunken_towards_the_unit_above(retail, pricing, elsewhere):
    portfolio_of(pricing, failed=6, succeeded=6)
    portfolio_of(elsewhere, failed=10, succeeded=60)
    found = by(reports()[str(pricing.pk)]["base_rates"]["rows"], "cause", "leakage")
    assert found["value"] == 0.5
    assert found["shrunken"]["towards"] is not None


def test_withholds_small_cells_with_the_reason(retail):
    portfolio_of(retail, failed=3, succeeded=30)
    payload = reports()["portfolio"]
    assert payload["failure_rate"]["value"] is None
    assert payload["failure_rate"]["reason"] == "small_cell"
    cause = by(payload["base_rates"]["rows"], "cause", "leakage")
    assert cause["count"] is cause["value"] is cause["low"] is cause["shrunken"] is None


def test_withholds_a_unit_that_the_others_would_give_away(retail, elsewhere):
    portfolio_of(retail, failed=20, succeeded=20)
    portfolio_of(elsewhere, failed=2, succeeded=20)
    found = reports()
    rates = [
        found[key]["failure_rate"]["count"] for key in ("portfolio", str(retail.pk))
    ]
    assert found[str(elsewhere.pk)]["failure_rate"]["count"] is None
    assert None in rates


def test_threshold_is_a_setting(retail):
    portfolio_of(retail, failed=3, succeeded=30)
    assert reports(k=2)["portfolio"]["failure_rate"]["count"] == 3


def test_cases_have_shares_but_no_rates(retail):
    for _ in range(9):
        coded_postmortem(causes=["leakage"])
    for _ in range(6):
        coded_postmortem(causes=["deployment"], quarter=8100)
    payload = reports()["cases"]
    assert "failure_rate" not in payload
    assert payload["base_rates"]["measure"] == "share"
    assert by(payload["base_rates"]["rows"], "cause", "leakage")["value"] == 0.6
    assert {row["value"] for row in payload["trend"]["rows"]} <= {None}
    assert payload["population"] == "cases"


def test_withholds_what_reading_the_open_cases_would_give_away(retail):
    for _ in range(9):
        coded_postmortem(causes=["leakage"])
    for _ in range(2):
        coded_postmortem(retail, causes=["leakage"])
    for _ in range(6):
        coded_postmortem(retail, causes=["deployment"])
    payload = reports()["cases"]
    row = by(payload["base_rates"]["rows"], "cause", "leakage")
    assert (row["count"], row["value"], row["reason"]) == (None, None, "small_cell")
    assert payload["n"] == 17


def test_open_cases_alone_are_shown_as_before(retail):
    for _ in range(9):
        coded_postmortem(causes=["leakage"])
    row = by(reports()["cases"]["base_rates"]["rows"], "cause", "leakage")
    assert row["count"] == 9


def test_withholds_what_open_records_would_give_away_of_a_unit(retail):
    portfolio_of(retail, failed=8, succeeded=8)
    for record in Postmortem.objects.order_by("id")[:6]:
        record.visibility = "organization"
        record.save()
    row = by(reports()["portfolio"]["base_rates"]["rows"], "cause", "leakage")
    assert row["count"] is None


def test_what_is_left_out_does_not_tell_a_withheld_count():
    for _ in range(3):
        coded_postmortem(causes=["leakage"])
    for _ in range(20):
        coded_postmortem(causes=[])
    found = reports()["cases"]["pareto"]
    assert found["n"] is None
    assert found["left_out"] is None


def test_own_projects_and_outside_cases_are_not_mixed(retail):
    for _ in range(9):
        coded_postmortem(causes=["deployment"])
    portfolio_of(retail, failed=8, succeeded=8)
    payload = reports()["portfolio"]
    assert by(payload["base_rates"]["rows"], "cause", "deployment")["count"] == 0
    assert payload["n"] == 16


def test_says_what_is_missing(retail):
    missing = {row["code"] for row in reports()["portfolio"]["missing"]}
    assert missing == {"projects", "close_outs", "failures", "coded_failures"}
    ended_project(retail)
    missing = {row["code"] for row in reports()["portfolio"]["missing"]}
    assert missing == {"close_outs", "failures", "coded_failures"}


def test_no_visible_count_is_small(retail, pricing, elsewhere):
    portfolio_of(pricing, failed=7, succeeded=3)
    portfolio_of(retail, failed=4, succeeded=9, causes=["deployment"])
    portfolio_of(elsewhere, failed=12, succeeded=2)

    def counts(value):
        if isinstance(value, dict):
            for name, inner in value.items():
                if name in {"count", "n"} and isinstance(inner, int):
                    yield inner
                elif name not in {"published_rates", "entries_per_stage", "missing"}:
                    yield from counts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from counts(inner)

    for payload in reports().values():
        assert not [count for count in counts(payload) if 0 < count < 5]
