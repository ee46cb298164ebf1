"""Differing lines, with their numbers."""

from hypothesis import given
from hypothesis import strategies as st

from projects.scoring.lines import MAX_LINES, Hunk, hunks

TEXTS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12).map("\n".join)


def test_equal_texts_have_no_hunks():
    assert hunks("a\nb", "a\nb") == []


def test_hunk_says_where_it_stands_in_both():
    assert hunks("a\nb\nc", "a\nx\ny\nc") == [Hunk(2, ("b",), 2, ("x", "y"))]


def test_endless_texts_are_told_whole():
    before, after = "a\n" * (MAX_LINES + 1), "b"
    assert len(hunks(before, after)) == 1


@given(TEXTS, TEXTS)
def test_hunks_lead_from_one_text_to_the_other(before, after):
    lines = before.splitlines()
    for hunk in reversed(hunks(before, after)):
        start = hunk.before_line - 1
        assert tuple(lines[start : start + len(hunk.before)]) == hunk.before
        lines[start : start + len(hunk.before)] = hunk.after
    assert lines == after.splitlines()
