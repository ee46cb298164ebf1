"""Answers in words."""

import pytest

from projects.selectors.wording import answer_text
from tests.factories.projects import small_document

ENTRIES = {
    entry["code"]: entry
    for section in small_document()["sections"]
    for entry in section["questions"]
}


@pytest.mark.parametrize(
    ("code", "state", "value", "text"),
    [
        ("stated", "answered", "oral", "Choice oral"),
        ("signs", "answered", ["a", "b"], "Choice a; Choice b"),
        ("stable", "answered", 4, "4 of 5"),
        ("share", "answered", "12.5", "12.5 %"),
        ("started", "answered", "2026-03-02", "March 2, 2026"),
        ("sentence", "answered", "As it is", "As it is"),
        ("stated", "unknown", None, "Unknown"),
        ("stated", "not_applicable", None, "Not applicable"),
        ("stated", "blank", None, "Not answered"),
    ],
)
def test_say_an_answer(code, state, value, text):
    assert answer_text(ENTRIES[code], state, value) == text
