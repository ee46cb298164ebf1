"""Introduced by detected, with margins."""

from portfolio.stats.records import PostmortemFact
from portfolio.stats.stage_matrix import stage_matrix

STAGES = ("data", "training", "operation")


def record(introduced, detected):
    return PostmortemFact("x", stage_introduced=introduced, stage_detected=detected)


def test_counts_records_with_both_stages():
    found = stage_matrix(
        [
            record("data", "operation"),
            record("data", "operation"),
            record("training", "training"),
            record("", "training"),
            record("data", "elsewhere"),
        ],
        STAGES,
    )
    assert found.n == 3
    assert found.counts == ((0, 0, 2), (0, 1, 0), (0, 0, 0))
    assert found.introduced == (2, 1, 0)
    assert found.detected == (0, 1, 2)
    assert found.escaped == 2
