"""Conditions as sentences."""

import pytest
from django.utils.translation import override
from hypothesis import given, settings

from projects.selectors.conditions import condition_text
from tests.projects.scoring.strategies import instruments

ENTRIES = {
    "who": {
        "kind": "single",
        "text": {"en": "Who decides?", "ru": "Кто решает?"},
        "choices": [
            {"code": "a", "text": {"en": "Anna", "ru": "Анна"}},
            {"code": "b", "text": {"en": "Boris", "ru": "Борис"}},
        ],
    },
    "rows": {"kind": "number", "text": {"en": "How many rows?"}},
}


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("who == 'a'", "“Who decides?” is “Anna”"),
        ("who != 'a'", "“Who decides?” is answered, and not with “Anna”"),
        ("who in ['a', 'b']", "“Who decides?” is one of “Anna”, “Boris”"),
        ("'a' in who", "“Who decides?” includes “Anna”"),
        ("rows >= 1000", "“How many rows?” is at least 1,000"),
        ("rows < 0.5", "“How many rows?” is less than 0.5"),
        ("answered(who)", "“Who decides?” is answered"),
        ("not (who == 'a')", "it is not so that “Who decides?” is “Anna”"),
        (
            "rows > 1 and (who == 'a' or not answered(rows))",
            (
                "“How many rows?” is more than 1 and (“Who decides?” is “Anna” or "
                "it is not so that “How many rows?” is answered)"
            ),
        ),
        ("gone == 'x'", "“gone” is “x”"),
        ("no condition ==", "no condition =="),
    ],
)
def test_conditions_are_told_in_words(condition, told):
    with override("en"):
        assert condition_text(condition, ENTRIES) == told


def test_words_are_those_of_the_reader():
    with override("ru"):
        told = condition_text("who == 'a'", ENTRIES)
    assert "Кто решает?" in told
    assert "Анна" in told


@settings(max_examples=60, deadline=None)
@given(instruments(max_questions=6))
def test_every_condition_of_an_instrument_is_told(instrument):
    for question in instrument.questions:
        if question.visible_when:
            told = condition_text(question.visible_when, {})
            assert all(name in told for name in question.visible_when.names())
