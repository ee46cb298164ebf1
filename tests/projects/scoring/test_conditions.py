import pytest

from projects.scoring import Question, QuestionKind, parse_expression
from projects.scoring.conditions import condition_problems
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    a_scale_question,
)

KNOWN = {
    question.code: question
    for question in (
        a_choice_question("colour"),
        a_choice_question("tools", kind=QuestionKind.MULTIPLE),
        a_number_question("rows"),
        a_scale_question("trust"),
        Question("due", QuestionKind.DATE),
        Question("remarks", QuestionKind.TEXT),
    )
}


def problems(source):
    found = condition_problems(parse_expression(source), KNOWN, later=("afterwards",))
    return [str(problem) for problem in found]


@pytest.mark.parametrize(
    "source",
    [
        "colour == 'best' or colour not in ['half', 'worst']",
        "'best' in tools and 'half' not in tools",
        "rows < 5 and trust >= 3 and trust in [1, 2]",
        "due > '2025-01-31'",
        "answered(remarks) and answered(colour)",
    ],
)
def test_condition_suits_the_kinds(source):
    assert problems(source) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("afterwards == 'best'", "`afterwards` is not an earlier question"),
        ("answered(odd)", "`odd` is not a question"),
        ("colour == 'pink'", "`colour` has no choice `pink`"),
        ("colour in ['best', 'pink']", "`colour` has no choice `pink`"),
        ("colour == 5", "`colour` has no choice `5`"),
        ("colour < 'half'", "`<` does not suit `colour`, a question of kind single"),
        ("tools == 'best'", "`==` does not suit `tools`, a question of kind multiple"),
        ("'pink' in tools", "`tools` has no choice `pink`"),
        ("'best' in colour", "`has` does not suit `colour`, a question of kind single"),
        ("rows == 'many'", "`rows` never has the value many"),
        ("due == 'soon'", "`due` never has the value soon"),
        ("due == '2025-02-30'", "`due` never has the value 2025-02-30"),
        ("due == 2025", "`due` never has the value 2025"),
        ("remarks == 'a'", "`==` does not suit `remarks`, a question of kind text"),
    ],
)
def test_condition_problem_names_the_question(source, said):
    assert problems(source) == [said]
