from hypothesis import given
from hypothesis import strategies as st

from failures.coding import wording
from failures.coding.wording import Piece, pieces

TEXTS = st.text(st.sampled_from("ab cд据漏\n."), max_size=60)


@given(TEXTS, TEXTS)
def test_pieces_hold_both_wordings(before, after):
    found = pieces(before, after)
    assert "".join(each.text for each in found if each.kind != "new") == before
    assert "".join(each.text for each in found if each.kind != "gone") == after
    assert all(each.text for each in found)


@given(TEXTS)
def test_the_same_is_one_piece(text):
    assert pieces(text, text) == ([Piece("same", text)] if text else [])


def test_words_are_kept_whole_and_chinese_signs_apart():
    assert pieces("The old alarm", "The new alarm") == [
        Piece("same", "The "),
        Piece("gone", "old"),
        Piece("new", "new"),
        Piece("same", " alarm"),
    ]
    assert pieces("数据泄漏", "数据漂移") == [
        Piece("same", "数据"),
        Piece("gone", "泄漏"),
        Piece("new", "漂移"),
    ]


def test_very_long_wordings_are_shown_whole():
    one, other = "a " * wording.MOST, "b " * wording.MOST
    assert pieces(one, other) == [Piece("gone", one), Piece("new", other)]
