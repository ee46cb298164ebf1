"""The translated sentences are those of the pure table."""

import pytest
from django.utils.translation import override

from projects.findings import SENTENCES, told
from projects.scoring import ExpressionError, Problem, parse_expression
from projects.scoring.sentences import TEMPLATES


def test_both_tables_say_the_same():
    with override("en"):
        assert {code: str(text) for code, text in SENTENCES.items()} == TEMPLATES


def test_problem_is_told_without_its_place():
    assert told(Problem("unknown_cause", "gates", {"name": "moon"})) == (
        "`moon` is not a cause"
    )


def test_refused_condition_is_told_with_its_position():
    with pytest.raises(ExpressionError) as refused:
        parse_expression("x ==")
    assert told(refused.value).endswith("(at character 5)")
