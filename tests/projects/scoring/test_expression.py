from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import Answer, Truth, parse_expression, resolve
from projects.scoring.expression import (
    ABSENT,
    OPEN,
    Comparison,
    Expression,
    Fact,
    Operator,
)
from tests.projects.scoring.examples import a_choice_question, an_instrument, answered
from tests.projects.scoring.strategies import cases, definite_answers, open_questions

YES, NO, UNDETERMINED = Truth.YES, Truth.NO, Truth.UNDETERMINED
FACTS = {
    "colour": Fact(YES, "red"),
    "rows": Fact(YES, Fraction(7, 2)),
    "tools": Fact(YES, ("saw", "axe")),
    "due": Fact(YES, date(2025, 3, 1)),
    "maybe": Fact(UNDETERMINED, "red"),
    "open": OPEN,
    "gone": ABSENT,
}


def truth(source):
    return parse_expression(source).evaluate(FACTS)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("colour == 'red'", YES),
        ("colour != 'red'", NO),
        ("colour in ['blue', 'red']", YES),
        ("colour not in ['blue']", YES),
        ("rows == 3.5", YES),
        ("3 < rows", YES),
        ("rows >= 4", NO),
        ("rows in [1, 3.50]", YES),
        ("rows > -1", YES),
        ("'axe' in tools", YES),
        ("'web' not in tools", YES),
        ("due < '2025-03-02'", YES),
        ("due == '2025-03-01'", YES),
        ("due in ['2025-03-01']", YES),
        ("answered(colour)", YES),
        ("colour == 'red' and rows < 3", NO),
        ("colour == 'blue' or rows > 3", YES),
        ("not colour == 'red'", NO),
        ("colour == 'red' and (rows < 3 or 'saw' in tools)", YES),
    ],
)
def test_evaluate_follows_the_answers(source, expected):
    assert truth(source) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("open == 'a'", UNDETERMINED),
        ("open != 'a'", UNDETERMINED),
        ("answered(open)", UNDETERMINED),
        ("gone == 'a'", NO),
        ("gone != 'a'", NO),
        ("gone not in ['a']", NO),
        ("answered(gone)", NO),
        ("not answered(gone)", YES),
        ("maybe == 'red'", UNDETERMINED),
        ("maybe == 'blue'", NO),
        ("answered(maybe)", UNDETERMINED),
        ("not open == 'a'", UNDETERMINED),
        ("open == 'a' and gone == 'a'", NO),
        ("open == 'a' and colour == 'red'", UNDETERMINED),
        ("open == 'a' or colour == 'red'", YES),
        ("open == 'a' or gone == 'a'", UNDETERMINED),
    ],
)
def test_evaluate_hangs_on_open_answers(source, expected):
    assert truth(source) is expected


@pytest.mark.parametrize(
    "source",
    [
        "colour < 'z'",
        "colour == 5",
        "colour != 5",
        "rows == 'many'",
        "rows != 'many'",
        "rows in ['many']",
        "rows not in ['many']",
        "tools == 'saw'",
        "tools != 'saw'",
        "tools in ['saw']",
        "5 in tools",
        "5 not in tools",
        "'red' in colour",
        "'e' not in colour",
        "due < 'tomorrow'",
        "due == 5",
    ],
)
def test_unlike_types_compare_to_no(source):
    assert truth(source) is NO


def test_membership_in_no_list_is_no():
    odd = Expression("", Comparison("colour", Operator.IN, "red"))
    assert odd.evaluate(FACTS) is NO


def test_names_are_the_questions_it_hangs_on():
    source = "not (a == 'x') and (answered(b) or 'y' in c) and a != 'z'"
    assert parse_expression(source).names() == {"a", "b", "c"}


def test_truth_refuses_to_be_a_boolean():
    with pytest.raises(TypeError):
        bool(UNDETERMINED)


def test_answered_on_unknown_stays_undetermined_because_it_may_be_answered():
    instrument = an_instrument(
        a_choice_question("driver"),
        a_choice_question("inner", when="not answered(driver)"),
    )
    sheet = answered().with_answer("driver", Answer.unknown())
    assert resolve(instrument, sheet).standings[1].visible is UNDETERMINED


@settings(max_examples=150, deadline=None)
@given(cases(max_questions=6), st.data())
def test_definite_truth_survives_further_answers(case, data):
    instrument, sheet = case
    before = [standing.visible for standing in resolve(instrument, sheet).standings]
    for question in open_questions(instrument, sheet):
        answer = data.draw(st.sampled_from(definite_answers(question)))
        sheet = sheet.with_answer(question.code, answer)
    after = [standing.visible for standing in resolve(instrument, sheet).standings]
    for earlier, later in zip(before, after, strict=True):
        assert earlier in (UNDETERMINED, later)
        assert later is not UNDETERMINED
