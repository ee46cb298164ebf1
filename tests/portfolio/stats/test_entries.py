"""Taxonomy entries by stage."""

from portfolio.stats.entries import entries_per_stage


def test_counts_a_cause_in_each_of_its_stages():
    causes = [["data", "training"], ["training", "training"], ["elsewhere"]]
    assert entries_per_stage(causes, ["data", "training", "operation"]) == {
        "data": 1,
        "training": 2,
        "operation": 0,
    }
