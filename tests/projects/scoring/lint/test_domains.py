from datetime import date
from fractions import Fraction

import pytest

from projects.scoring import Question, QuestionKind, parse_expression
from projects.scoring.lint.domains import TooMany, facts_of
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    a_scale_question,
)


def values(question, source):
    leaves = parse_expression(source).leaves()
    return [fact.value for fact in facts_of(question, leaves)]


def test_choices_nobody_names_are_one():
    question = a_choice_question("split")
    assert values(question, "split == 'half'") == ["half", "best"]
    assert values(question, "answered(split)") == ["best"]
    assert values(question, "split in ['best', 'half', 'worst']") == [
        "best",
        "half",
        "worst",
    ]


def test_ticks_are_combined_and_never_none():
    question = a_choice_question("split", kind=QuestionKind.MULTIPLE)
    assert values(question, "'half' in split") == [("best",), ("half", "best")]
    every = "'best' in split or 'half' in split or 'worst' in split"
    assert len(values(question, every)) == 7


def test_numbers_are_cut_at_what_is_named():
    question = a_number_question(minimum=Fraction(0), maximum=Fraction(10))
    assert set(values(question, "rows > 4")) == {0, 2, 4, 7, 10}
    assert set(values(a_number_question(), "rows > 4")) == {3, 4, 5}
    assert values(a_number_question(), "answered(rows)") == [0]


def test_days_have_a_day_before_and_after():
    due = Question("due", QuestionKind.DATE)
    assert values(due, "due > '2025-01-01'") == [
        date(2024, 12, 31),
        date(2025, 1, 1),
        date(2025, 1, 2),
    ]
    assert values(due, "due > '0001-01-01' or due < '9999-12-31'")[0] == date.min


def test_scale_and_text_have_their_answers():
    assert values(a_scale_question(), "trust > 2") == [1, 2, 3, 4, 5]
    assert len(values(Question("a", QuestionKind.TEXT), "answered(a)")) == 1


def test_too_many_are_not_looked_at():
    codes = [f"c{n}" for n in range(9)]
    question = a_choice_question(
        "split", kind=QuestionKind.MULTIPLE, codes=codes, signals=range(9)
    )
    with pytest.raises(TooMany):
        values(question, " and ".join(f"'{code}' in split" for code in codes))
    literals = " or ".join(f"rows == {n}" for n in range(80))
    with pytest.raises(TooMany):
        values(a_number_question(), literals)
