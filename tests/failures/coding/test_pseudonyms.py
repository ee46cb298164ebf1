import pytest
from hypothesis import given
from hypothesis import strategies as st

from failures.coding.pseudonyms import found_in, replacer

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
