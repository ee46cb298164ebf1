"""A condition in our words holds exactly where SurveyJS says it holds."""

from fractions import Fraction

import pytest

from projects.scoring.expression import ABSENT, Fact, Truth
from projects.scoring.grammar import parse_expression
from projects.scoring.instrument import QuestionKind
from projects.scoring.surveyjs.conditions import ConditionError, parse_condition
from projects.scoring.surveyjs.translation import (
    Effort,
    Known,
    Option,
    decimal,
    joined,
    translated,
)


def options(*values):
    return tuple(Option(value, f"'c{number}'") for number, value in enumerate(values))


KNOWN = {
    "one": Known(
        "one", QuestionKind.SINGLE, options("item1", "item10", Fraction(3), True)
    ),
    "many": Known("many", QuestionKind.MULTIPLE, options("a", "b", Fraction(3))),
    "step": Known(
        "step",
        QuestionKind.SCALE,
        tuple(Option(Fraction(n), str(n)) for n in range(1, 6)),
    ),
    "n": Known("n", QuestionKind.NUMBER),
    "day": Known("day", QuestionKind.DATE),
    "words": Known("words", QuestionKind.TEXT),
}


def told(source, effort=None):
    node = parse_condition(source)
    return translated(node, KNOWN, {*KNOWN, "late"}, effort or Effort())


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        ("{one} = 'ITEM1'", "one == 'c0'"),
        ("{One} contains 'item1'", "one in ['c0', 'c1']"),
        ("{one} contains ['item10']", "one == 'c1'"),
        ("{one} = '3'", "one == 'c2'"),
        ("{one} <> 'item1'", "not (one == 'c0')"),
        ("{one}", "one == 'c3'"),
        ("{one} anyof ['item1', 'nothing']", "one == 'c0'"),
        ("{one} notempty", "answered(one)"),
        ("{one} empty", "not answered(one)"),
        ("{many} contains 'a'", "'c0' in many"),
        ("{many} contains ['a', 'b']", "'c0' in many and 'c1' in many"),
        ("{many} notcontains 'a'", "not ('c0' in many)"),
        ("{many} anyof ['a', 3]", "'c0' in many or 'c2' in many"),
        (
            "{many} = ['b', 'a']",
            "'c1' in many and 'c0' in many and 'c2' not in many",
        ),
        ("{step} > 3", "step in [4, 5]"),
        ("{step} >= 1", "answered(step)"),
        ("{n} > -1.25", "n > -1.25"),
        ("2 = {n}", "n == 2"),
        ("{n} anyof [1, '2']", "n in [1, 2]"),
        ("{day} <= '2030-01-31'", "day <= '2030-01-31'"),
        ("{words} notempty", "answered(words)"),
        (
            "{n} = 1 and ({n} = 2 or not ({n} = 3))",
            "n == 1 and (n == 2 or (not n == 3))",
        ),
    ],
)
def test_translation(source, ours):
    assert told(source) == ours
    parse_expression(ours)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{nobody} = 1", "unknown_question"),
        ("{Late} = 1", "later_question"),
        ("{panel.one} = 1", "inner_name"),
        ("{many[0]} = 1", "inner_name"),
        ("{words} = 'a'", "compared_text"),
        ("{one} = 'nothing'", "never_holds"),
        ("{one} <> 'nothing'", "never_holds"),
        ("{many} = 'a'", "never_holds"),
        ("{many} contains ['a', 'x']", "never_holds"),
        ("{many} allof []", "never_holds"),
        ("{many} > 1", "unsuited_relation"),
        ("{n} contains 1", "unsuited_relation"),
        ("{n} = 'x'", "unsuited_value"),
        ("{day} = 'tomorrow'", "unsuited_value"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_place(source, code):
    with pytest.raises(ConditionError) as caught:
        told(f"(({source}))")
    assert (caught.value.code, caught.value.position) == (code, 2)


def test_a_condition_too_large_for_ours_is_refused():
    source = " or ".join(f"{{n}} = {number}" for number in range(120))
    with pytest.raises(ConditionError) as caught:
        told(source)
    assert caught.value.code in ("condition_too_long", "condition_too_large")


def test_comparing_comes_to_an_end():
    effort = Effort(9)
    assert told("{one} anyof ['item1', 3]", effort)
    with pytest.raises(ConditionError) as caught:
        told("{one} = 'item1'", effort)
    assert caught.value.code == "too_much_compared"


def test_unanswered_is_unequal_as_in_surveyjs():
    unequal = parse_expression(told("{one} <> 'item1'"))
    assert unequal.evaluate({"one": ABSENT}) is Truth.YES
    assert unequal.evaluate({"one": Fact(Truth.YES, "c0")}) is Truth.NO


def test_conditions_are_joined_without_changing_them():
    assert joined(["a == 1", "a == 1"]) == "a == 1"
    assert joined(["a == 1 or b == 1", "not c == 1", "d == 1"]) == (
        "(a == 1 or b == 1) and (not c == 1) and d == 1"
    )


def test_decimals():
    assert [decimal(Fraction(n)) for n in ("-3", "0.5", "12.0625")] == [
        "-3",
        "0.5",
        "12.0625",
    ]
