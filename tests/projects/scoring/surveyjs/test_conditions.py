"""Every published form of a condition is read, and nothing can exhaust the reader."""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.scoring.surveyjs.conditions import (
    MAX_CHARACTERS,
    ConditionError,
    parse_condition,
)
from projects.scoring.surveyjs.nodes import (
    All,
    Answered,
    Any,
    Bare,
    Comparison,
    Name,
    Not,
    Relation,
)


def at(name, position=0):
    return Name(name, position)


def compared(test, value, name="q"):
    return Comparison(at(name), test, value)


@pytest.mark.parametrize(
    ("source", "node"),
    [
        ("{q} = 'a'", compared(Relation.EQUAL, "a")),
        ('{q} == "a"', compared(Relation.EQUAL, "a")),
        ("{q} <> 'a'", compared(Relation.UNEQUAL, "a")),
        ("{q} != 1", compared(Relation.UNEQUAL, Fraction(1))),
        ("{q}>-1.5", compared(Relation.MORE, Fraction(-3, 2))),
        ("{q} >= 2", compared(Relation.AT_LEAST, Fraction(2))),
        ("{q} < 2", compared(Relation.LESS, Fraction(2))),
        ("{q} lessorequal 2", compared(Relation.AT_MOST, Fraction(2))),
        ("{q} = true", compared(Relation.EQUAL, value=True)),
        ("{q} contains ['a']", compared(Relation.CONTAINS, ("a",))),
        ("{q} CONTAINS a", compared(Relation.CONTAINS, "a")),
        ("{q} notcontains 'a'", compared(Relation.LACKS, "a")),
        ("{q} anyof ['a', 2]", compared(Relation.ANY_OF, ("a", Fraction(2)))),
        ("{q} allof []", compared(Relation.ALL_OF, ())),
        ("{q} noneof ['a']", compared(Relation.NONE_OF, ("a",))),
        ("{q} empty", Not(Answered(at("q")))),
        ("{q} notempty", Answered(at("q"))),
        ("{ q }", Bare(at("q"))),
        ("not {q}", Not(Bare(at("q", 4)))),
        ("!!{q}", Not(Not(Bare(at("q", 2))))),
        ("{a b-c} = 'it\\'s'", compared(Relation.EQUAL, "it's", "a b-c")),
        ("1 < {q}", Comparison(at("q", 4), Relation.MORE, Fraction(1))),
        ("['a'] contains {q}", Comparison(at("q", 15), Relation.ANY_OF, ("a",))),
    ],
)
def test_one_test(source, node):
    assert parse_condition(source) == node


def test_and_binds_tighter_than_or():
    node = parse_condition("{a} or {b} && ({c} || not ({d} = 1))")
    assert isinstance(node, Any)
    conjunction = node.operands[1]
    assert isinstance(conjunction, All)
    assert isinstance(conjunction.operands[1], Any)


@pytest.mark.parametrize(
    ("source", "code", "position"),
    [
        ("", "expected_operand", 0),
        ("{q} =", "expected_operand", 5),
        ("{q} = 'a", "unexpected_character", 6),
        ("{q} = 1 2", "expected_end", 8),
        ("{q} + 1 = 2", "unexpected_character", 4),
        ("{q} = {r}", "two_questions", 9),
        ("1 = 1", "no_question", 5),
        ("'a' anyof {q}", "expected_question_first", 13),
        ("today() > {q}", "unknown_function", 5),
        ("({q} = 1", "expected_sign", 8),
        ("{q} in [1", "expected_end", 4),
        ("{q} = 1 = 1", "expected_end", 8),
        ("not {q} = 1", "not_needs_parentheses", 11),
        ("{q} = 1a", "unexpected_character", 6),
    ],
)
def test_what_is_not_understood_has_a_place(source, code, position):
    with pytest.raises(ConditionError) as caught:
        parse_condition(source)
    assert (caught.value.code, caught.value.position) == (code, position)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000 + "{q}" + ")" * 10_000,
        "(" * 1_900 + "{q}" + ")" * 1_900,
        "!" * 3_000 + "{q}",
        "not " * 900 + "{q}",
        "{q} = '" + "a" * 5_000_000 + "'",
        "[" * 3_000,
        "{q} anyof [" + "1," * 1_500 + "1]",
        "{q}or" * 700 + "{q}",
        "{" * MAX_CHARACTERS,
        "'" + "\\" * (MAX_CHARACTERS - 1),
    ],
)
def test_hostile_text_is_refused_at_once(source):
    begun = time.perf_counter()
    with pytest.raises(ConditionError):
        parse_condition(source)
    assert time.perf_counter() - begun < 1


SCALARS = (
    st.text(max_size=5)
    | st.integers(-99, 99).map(Fraction)
    | st.booleans()
    | st.sampled_from([Fraction(1, 2), Fraction(-9, 4)])
)
NAMES = st.text("abcXYZ09-_ é.", min_size=1, max_size=6).filter(str.strip)
LEAVES = (
    st.builds(
        lambda name, test, value: Comparison(at(name.strip()), test, value),
        NAMES,
        st.sampled_from(Relation),
        SCALARS | st.lists(SCALARS, max_size=3).map(tuple),
    )
    | NAMES.map(lambda name: Answered(at(name.strip())))
    | NAMES.map(lambda name: Bare(at(name.strip())))
)
NODES = st.recursive(
    LEAVES,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=2, max_size=3).map(lambda n: All(tuple(n)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda n: Any(tuple(n)))
    ),
    max_leaves=8,
)


def scalar(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction):
        return str(float(value)) if value.denominator > 1 else str(value)
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def written(node):
    if isinstance(node, Not):
        return f"not ({written(node.operand)})"
    if isinstance(node, All | Any):
        word = " and " if isinstance(node, All) else " || "
        return word.join(f"({written(each)})" for each in node.operands)
    name = f"{{{node.question.name}}}"
    if isinstance(node, Comparison):
        value = node.value
        is_list = isinstance(value, tuple)
        said = f"[{', '.join(map(scalar, value))}]" if is_list else scalar(value)
        return f"{name} {node.relation.value} {said}"
    return f"{name} notempty" if isinstance(node, Answered) else name


def placeless(node):
    match node:
        case Not():
            return Not(placeless(node.operand))
        case All() | Any():
            return type(node)(tuple(map(placeless, node.operands)))
        case Answered() | Bare():
            return type(node)(at(node.question.name))
    return Comparison(at(node.question.name), node.relation, node.value)


@given(NODES)
def test_what_is_written_is_read_back(node):
    assert placeless(parse_condition(written(node))) == node


@given(st.text("{}q=<>'\"()[]!&|, andortemy1-.\\", max_size=60))
def test_any_text_is_read_or_refused(source):
    refused = None
    try:
        parse_condition(source)
    except ConditionError as error:
        refused = error
    assert refused is None or 0 <= refused.position <= len(source)
