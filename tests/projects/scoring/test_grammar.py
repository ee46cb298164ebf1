import warnings
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import ExpressionError, parse_expression
from projects.scoring.expression import Comparison, Operator
from projects.scoring.grammar import MAX_CHARACTERS, MAX_DEPTH
from projects.scoring.sentences import CONDITION


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("5 < x", Operator.MORE),
        ("5 <= x", Operator.AT_LEAST),
        ("5 > x", Operator.LESS),
        ("5 >= x", Operator.AT_MOST),
        ("5 == x", Operator.EQUAL),
        ("'a' != x", Operator.NOT_EQUAL),
        ("'a' not in x", Operator.HAS_NOT),
        ("x not in ['a']", Operator.NOT_IN),
    ],
)
def test_parse_puts_the_question_first(source, expected):
    root = parse_expression(source).root
    assert isinstance(root, Comparison)
    assert (root.code, root.operator) == ("x", expected)


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("", 0),
        ("x", 1),
        ("x and y", 2),
        ("x == ", 5),
        ("x == y", 5),
        ("x = 'a'", 2),
        ("x == 'a' y", 9),
        ("x == 'a", 5),
        ("x == 'a\\'b'", 5),
        ("(x == 'a'", 9),
        ("x in 'a'", 5),
        ("x in []", 6),
        ("x in ['a', 'b'", 14),
        ("x in ['a', y]", 11),
        ("x not 'a'", 6),
        ("1 < x < 5", 6),
        ("x == 'a' in y", 9),
        ("x is 'a'", 2),
        ("x == True", 5),
        ("x == 1e999", 6),
        ("x == 1_000", 6),
        ("x == 0x10", 6),
        ("x == 1 # note", 7),
        ("and == 'a'", 0),
        ("answered == 'a'", 9),
        ("answered(in)", 9),
        ("answered('x')", 9),
        ("'a' == 'b'", 7),
        ("\uff38 == 'a'", 0),
        ("x == 'a'\x00", 8),
        ("x.real == 1", 1),
        ("x.__class__ == 'a'", 1),
        ("__import__('os') == 1", 0),
        ("open('/etc/passwd') == 1", 4),
        ("x == f'{x}'", 5),
        ("x == b'a'", 5),
        ("(lambda: 1)() == x", 7),
        ("x[0] == 'a'", 1),
        ("x == [y for y in z]", 5),
        ("x == 9**9**9", 6),
        ("x == 1 + 1", 7),
        ("x == --1", 5),
        ("x := 1", 2),
        ("x == 'a' if y else z", 9),
        ("x == " + "9" * 1_900, 5),
    ],
)
def test_parse_refuses_and_says_where(source, position):
    with pytest.raises(ExpressionError) as caught:
        parse_expression(source)
    assert caught.value.position == position
    assert caught.value.code in CONDITION
    assert str(caught.value).endswith(f"(at character {position + 1})")


@pytest.mark.parametrize(
    "source",
    [
        "(" * 1_900,
        "(" * 40 + "x == 1" + ")" * 40,
        "not " * 480 + "x == 1",
        " or ".join(["x == 1"] * 190),
        "x in [" + ",".join(["1"] * 300) + "]",
        "[" * 1_900,
        "x == 1" + " " * MAX_CHARACTERS,
        "x == 1 and " * 500_000,
        "9" * 5_000_000,
        "(" * 5_000_000,
        "'" + "a" * 5_000_000,
        "not " * 1_250_000,
        "(" * 10_000 + "x == 1" + ")" * 10_000,
        "x in [" * 333,
        "x not in not in " * 125,
        "'" * 1_999,
        "-" * 1_999,
        " " * 1_999 + "x",
    ],
    ids=lambda source: f"{source[:8]}...{len(source)}",
)
@pytest.mark.timeout(5)
def test_parse_refuses_hostile_input(source):
    with pytest.raises(ExpressionError) as refused:
        parse_expression(source)
    assert len(str(refused.value)) < 120


def test_parse_accepts_what_the_limits_allow():
    inner = MAX_DEPTH - 1
    deep = "(" * inner + "x == 1" + ")" * inner
    assert parse_expression(deep).names() == {"x"}
    wide = " and ".join(f"q{n} == 1" for n in range(80))
    assert len(parse_expression(wide).names()) == 80


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.text("xy 'a1()[]=<>!,notrandwei.", max_size=60))
def test_parse_raises_nothing_but_its_own_error(source):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with suppress(ExpressionError):
            assert parse_expression(source).names()
