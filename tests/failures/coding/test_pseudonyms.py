import pytest
from hypothesis import given
from hypothesis import strategies as st

from failures.coding.pseudonyms import found_in, replacer, unlinked

NAMES = st.text(st.sampled_from("abAB .据泄Иван"), min_size=1, max_size=8).map(
    str.strip
)
TEXTS = st.text(st.sampled_from("abAB .\n据泄漏Иван,"), max_size=60)


@given(NAMES.filter(bool), TEXTS)
def test_no_name_is_left(name, text):
    assert found_in([name], [replacer([(name, "###")])(text)]) == []


@given(TEXTS)
def test_without_names_the_text_stays(text):
    assert replacer([])(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Acme sold it; ACME's own.", "Vendor A sold it; Vendor A's own."),
        ("Acme Labs sold it.", "Vendor B sold it."),
        ("Acmeville stays.", "Acmeville stays."),
        ("Это сделала Петрова с Петровым.", "Это сделала Person 1 с Person 1."),
        ("供应商甲的模型", "Vendor C的模型"),
    ],
)
def test_whole_names_are_replaced_in_three_languages(text, said):
    pairs = [
        ("Acme", "Vendor A"),
        ("acme labs", "Vendor B"),
        ("Петров", "Person 1"),
        ("供应商甲", "Vendor C"),
    ]
    assert replacer(pairs)(text) == said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Weiß", "Mr Weiß wrote"),
        ("Jane Doe", "by Jane\nDoe"),
        ("Jane  Doe", "by Jane Doe"),
        ("Jane Doe", "by Jane\u00a0Doe"),
        ("İbrahim", "İbrahim wrote"),
        ("Müller", "Mu\u0308ller wrote"),
        ("Mu\u0308ller", "Müller wrote"),
    ],
)
def test_names_are_found_however_they_are_written(name, text):
    assert found_in([name], [text]) == [name]
    assert found_in([name], [replacer([(name, "X")])(text)]) == []


def test_addresses_go_and_the_words_of_links_stay():
    text = "See [the log](https://inside/log?a=1) or https://inside/x, ![plot](a.png)."
    assert unlinked(text) == "See the log or \N{HORIZONTAL ELLIPSIS} plot."
    assert unlinked("A [note] in (brackets)") == "A [note] in (brackets)"


def test_many_open_brackets_take_no_time():
    """Each would make the search run to the end: a minute for such a text."""
    text = "[" * 200_000
    assert unlinked(text) == text
