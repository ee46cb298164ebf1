"""Codes are valid, each once, and the same every time."""

from hypothesis import given
from hypothesis import strategies as st

from projects.scoring.grammar import RESERVED
from projects.scoring.surveyjs.codes import Codes
from projects.scoring.validity import CHOICE, SNAKE


def test_codes_resemble_their_names():
    codes = Codes("q")
    names = [
        "riskProfile2A",
        "motivation-other",
        "in",
        "9 lives",
        "вопрос",
        "Motivation other",
    ]
    assert [codes.question(name) for name in names] == [
        "risk_profile2_a",
        "motivation_other",
        "q_in",
        "q_9_lives",
        "q",
        "motivation_other_2",
    ]
    choices = Codes("c")
    assert [choices.choice(value) for value in ("item3-4", "-1", "1", "是")] == [
        "item3_4",
        "1",
        "1_2",
        "c",
    ]


@given(st.lists(st.text(max_size=8) | st.sampled_from(["a", "a_2", "A-2", "x" * 99])))
def test_codes_are_valid_and_differ(names):
    codes, again = Codes("q"), Codes("q")
    made = [codes.question(name) for name in names]
    assert len(set(made)) == len(made)
    assert all(SNAKE.fullmatch(code) and code not in RESERVED for code in made)
    assert all(len(code) <= 60 for code in made)
    assert made == [again.question(name) for name in names]
    choices = Codes("c")
    assert all(CHOICE.fullmatch(choices.choice(name)) for name in names)


def test_many_of_one_name_take_no_time():
    codes = Codes("q")
    assert {codes.question("a") for _ in range(20_000)} >= {"a", "a_2", "a_20000"}
