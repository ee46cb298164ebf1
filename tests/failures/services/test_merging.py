"""Rows of a record meet those of a file."""

from hypothesis import given
from hypothesis import strategies as st

from failures.services.merging import paired

ITEM = st.fixed_dictionaries({"key": st.integers(0, 3), "value": st.integers(0, 2)})


def pair(held, wanted):
    return paired(held, wanted, lambda row: row, lambda each: each["key"])


@given(st.lists(ITEM, max_size=6), st.lists(ITEM, max_size=6))
def test_each_row_and_each_wish_is_used_once(held, wanted):
    pairs, gone, added = pair(held, wanted)
    assert len(pairs) + len(gone) == len(held)
    assert len(pairs) + len(added) == len(wanted)
    assert all(row["key"] == each["key"] for row, each in pairs)
    assert not {each["key"] for each in gone} & {each["key"] for each in added}


@given(st.lists(ITEM, max_size=6))
def test_what_is_told_as_before_changes_nothing(held):
    pairs, gone, added = pair(held, list(reversed(held)))
    assert all(row == each for row, each in pairs)
    assert (gone, added) == ([], [])
