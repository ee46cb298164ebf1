"""A written document reads back as the same document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.scoring import digest
from projects.scoring.source import read
from projects.scoring.writing import ordered, source_of
from tests.factories.projects import small_document

TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Z"]))
DOCUMENTS = st.dictionaries(
    st.text("abcdefg_", min_size=1, max_size=8),
    st.recursive(
        TEXTS | st.booleans() | st.integers(-999, 999) | st.none(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
        ),
        max_leaves=8,
    ),
)


def test_document_comes_back():
    document = small_document()
    assert digest(read(source_of(document)).document) == digest(document)


@given(DOCUMENTS.filter(bool))
def test_any_document_comes_back(document):
    assert read(source_of(document)).document == document


def test_keys_stand_in_the_order_people_write_them():
    lost = {
        "sections": [],
        "zz": 1,
        "version": 1,
        "title": {"ru": "b", "en": "a"},
        "code": "x",
    }
    assert list(ordered(lost)) == ["code", "version", "title", "sections", "zz"]
    assert list(ordered(lost)["title"]) == ["en", "ru"]


@pytest.mark.parametrize(
    "text", ["1e5", "-0.5E3", "NaN", "inf", "yes", "2025-01-31", "1:30"]
)
def test_text_that_looks_like_a_value_comes_back_as_text(text):
    document = {"a": text, text: "b"}
    assert read(source_of(document)).document == document
