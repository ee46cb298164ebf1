"""Which unknowns sums give away, against singular values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.stats.linear import fixed

NAMES = "abcdefgh"


def by_singular_values(rows):
    """Return the unknowns whose axis lies in the row space."""
    matrix = np.array([[row.get(name, 0) for name in NAMES] for row in rows], float)
    _, sizes, basis = np.linalg.svd(matrix.reshape(-1, len(NAMES)))
    spanned = basis[: len(sizes)][sizes > 1e-9]
    lengths = (spanned**2).sum(axis=0)
    return [name for name, length in zip(NAMES, lengths, strict=True) if length > 0.999]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], []),
        ([{"a": 1}], ["a"]),
        ([{"a": 1, "b": 1}], []),
        ([{"a": 1, "b": 1}, {"a": 1, "b": -1}], ["a", "b"]),
        ([{"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1}], ["c"]),
        ([{"a": 1, "b": 1}, {"b": 1, "c": 1}, {"c": 1, "a": 1}], ["a", "b", "c"]),
    ],
)
def test_finds_what_sums_give_away(rows, found):
    assert fixed(rows, "abc") == found


@given(
    st.lists(
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from([1, -1])), max_size=10
    )
)
def test_agrees_with_singular_values(rows):
    assert fixed(rows, NAMES) == by_singular_values(rows)
