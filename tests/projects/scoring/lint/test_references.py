import pytest

from projects.scoring import (
    Choice,
    Gate,
    GateEffect,
    Instrument,
    Question,
    QuestionKind,
    Section,
    parse_expression,
)
from projects.scoring.lint.references import circles, reference_findings
from tests.projects.scoring.examples import a_choice_question, a_number_question


def told(*questions, gates=()):
    instrument = Instrument("example", "1", (Section("only", questions),), gates)
    return [str(finding) for finding in reference_findings(instrument)]


def fact(code, when):
    return Question(code, QuestionKind.TEXT, visible_when=parse_expression(when))


def test_circle_is_told_from_its_first_member():
    said = "the visibility goes in a circle: a → c → b → a"
    assert told(
        fact("a", "answered(c)"), fact("b", "answered(a)"), fact("c", "answered(b)")
    ) == [f"error: sections[0].questions[0].visible_when: {said}"]


@pytest.mark.parametrize(
    ("edges", "members"),
    [
        ({}, []),
        ({"a": {"b"}, "b": {"c"}}, []),
        ({"a": {"a"}}, [{"a"}]),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, [{"a", "b"}]),
        ({"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": {"c"}}, [{"a", "b"}, {"c", "d"}]),
        ({"a": {"b", "c"}, "b": {"a"}, "c": {"a"}}, [{"a", "b"}]),
    ],
)
def test_circles_are_told_apart(edges, members):
    assert [set(circle) for circle in circles(edges)] == members


def test_many_circles_are_found_in_bounded_time():
    edges = {f"q{n}": {f"q{n ^ 1}", f"q{max(n - 2, 0)}"} for n in range(6_000)}
    assert sum(1 for _ in circles(edges)) > 1_000


def test_retired_choice_is_told_in_conditions_of_questions_and_gates():
    lost = Choice("lost", 1, retired=True)
    asked = a_choice_question("split")
    asked = Question(
        "split",
        QuestionKind.SINGLE,
        weights=asked.weights,
        choices=(*asked.choices, lost),
    )
    gate = Gate("stop", parse_expression("split in ['best', 'lost']"), GateEffect.BLOCK)
    said = "the choice `lost` of `split` is retired"
    assert told(asked, fact("a", "split != 'lost'"), gates=(gate,)) == [
        f"warning: sections[0].questions[1].visible_when: {said}",
        f"warning: gates[0].when: {said}",
    ]


def test_number_is_compared_within_its_range():
    rows = a_number_question(minimum=0, maximum=100)
    assert told(rows, fact("a", "rows < 100 and rows >= 0")) == []
    assert told(rows, fact("a", "rows > 100.5"))[0].endswith("outside its range")
    assert told(a_number_question(), fact("a", "rows > 1000")) == []
