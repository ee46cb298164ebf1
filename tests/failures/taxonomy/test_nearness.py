import pytest

from failures.taxonomy import CauseTree, nearness

TREE = CauseTree(
    {"leakage": None, "lk-time": "leakage", "lk-group": "leakage", "deployment": None}
)


def test_nearness_is_one_for_the_same_causes():
    assert nearness({"lk-time": 60.0}, ["lk-time"], TREE).value == pytest.approx(1)


def test_nearness_halves_for_a_relative():
    near = nearness({"leakage": 60.0}, ["lk-time"], TREE)
    assert near.value == pytest.approx(0.5)
    assert near.reasons == (("lk-time", pytest.approx(0.5)),)
    assert nearness({"lk-time": 60.0}, ["leakage"], TREE).value == pytest.approx(0.5)


def test_nearness_is_zero_without_a_shared_branch():
    assert nearness({"deployment": 60.0}, ["lk-time"], TREE).value == 0
    assert nearness({}, ["lk-time"], TREE).value == 0
    assert nearness({"deployment": 60.0}, ["gone"], TREE).value == 0


def test_nearness_names_the_strongest_reason_first():
    near = nearness(
        {"deployment": 80.0, "lk-time": 20.0}, ["lk-time", "deployment"], TREE
    )
    assert [slug for slug, _part in near.reasons] == ["deployment", "lk-time"]
    assert sum(part for _slug, part in near.reasons) == pytest.approx(near.value)
