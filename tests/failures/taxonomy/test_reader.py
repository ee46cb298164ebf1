from failures.taxonomy import Reader


def test_words_may_be_absent_only_where_allowed():
    reader = Reader()
    assert reader.words({}, "note", empty=True) == {}
    assert not reader.problems
    reader.words({}, "title")
    assert [problem.place for problem in reader.problems] == [
        "title.en", "title.ru", "title.zh-hans",
    ]  # fmt: skip


def test_text_refuses_a_nul_character():
    reader = Reader()
    reader.text("a\0b", "title")
    assert reader.problems


def test_whole_refuses_negative_and_boolean():
    reader = Reader()
    assert reader.whole(-1, "n") is None
    assert reader.whole(True, "n") is None
    assert len(reader.problems) == 2
