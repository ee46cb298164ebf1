import pytest
from hypothesis import given
from hypothesis import strategies as st

from failures.taxonomy import CauseTree, TreeError

TREE = CauseTree(
    {"leakage": None, "lk-time": "leakage", "lk-group": "leakage", "deployment": None}
)


def test_path_leads_from_the_top_level_cause():
    assert TREE.path("lk-time") == ("leakage", "lk-time")
    assert TREE.ancestors("lk-time") == ("leakage",)
    assert TREE.top_level_of("lk-time") == "leakage"
    assert TREE.top_level_of("leakage") == "leakage"


def test_with_descendants_lists_the_branch():
    assert TREE.with_descendants("leakage") == ("leakage", "lk-time", "lk-group")


def test_roll_up_counts_a_record_once_per_node():
    counts = TREE.roll_up(
        [["lk-time", "lk-group"], ["lk-time", "lk-time"], ["unknown"]]
    )
    assert counts == {"leakage": 2, "lk-time": 2, "lk-group": 1}


@pytest.mark.parametrize("parents", [{"a": "b"}, {"a": "b", "b": "a"}, {"a": "a"}])
def test_build_refuses_what_is_no_tree(parents):
    with pytest.raises(TreeError):
        CauseTree(parents)


@given(
    st.lists(
        st.lists(st.sampled_from(["leakage", "lk-time", "lk-group", "deployment"]))
    )
)
def test_roll_up_never_counts_more_than_the_records(records):
    counts = TREE.roll_up(records)
    assert all(count <= len(records) for count in counts.values())
    assert counts["leakage"] >= max(counts["lk-time"], counts["lk-group"])
