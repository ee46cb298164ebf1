import pytest

from projects.scoring import (
    Gate,
    GateEffect,
    Instrument,
    Question,
    QuestionKind,
    Section,
    parse_expression,
)
from projects.scoring.lint.visibility import visibility_findings
from tests.projects.scoring.examples import a_choice_question

SPLIT = a_choice_question("split")
BRANCH = a_choice_question("branch", when="split == 'worst'")
PLACE = "sections[0].questions[2].visible_when"


def found(when=None, gate=None, broken=()):
    text = Question(
        "text",
        QuestionKind.TEXT,
        visible_when=parse_expression(when) if when else None,
    )
    gates = (Gate("g", parse_expression(gate), GateEffect.BLOCK),) if gate else ()
    sections = (Section("only", (SPLIT, BRANCH, text)),)
    instrument = Instrument("example", "1", sections, gates)
    findings = visibility_findings(instrument, frozenset(broken))
    return [(one.code, one.place) for one in findings]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("split == 'best'", None),
        ("answered(split)", None),
        ("not (branch == 'best')", None),
        ("split == 'best' and split == 'half'", "contradiction"),
        ("split == 'best' and branch == 'half'", "unreachable_question"),
        ("split == 'best' and answered(branch)", "unreachable_question"),
        ("split in ['best', 'half', 'worst']", "always_true"),
        ("not (split == 'best' and branch == 'best')", "always_true"),
    ],
)
def test_condition_without_a_choice_is_told(when, code):
    assert found(when) == ([(code, PLACE)] if code else [])


def test_gates_are_asked_alike():
    assert found(gate="split == 'worst'") == []
    never = found(gate="split == 'best' and branch == 'half'")
    assert never == [("gate_never_fires", "gates[0].when")]
    always = found(gate="split != 'best' or split == 'best'")
    assert always == [("gate_always_fires", "gates[0].when")]


def test_broken_conditions_are_passed_over():
    assert found("split == 'pink'", broken=[PLACE]) == []
    assert found("missing == 'a'") == []
    assert found(gate="missing == 'a'") == []


def test_too_much_work_is_told():
    codes = [f"c{number}" for number in range(8)]
    split = a_choice_question(
        "split", kind=QuestionKind.MULTIPLE, codes=codes, signals=range(8)
    )
    condition = parse_expression(" and ".join(f"'{code}' in split" for code in codes))
    text = Question("text", QuestionKind.TEXT, visible_when=condition)
    gate = Gate("g", condition, GateEffect.BLOCK)
    sections = (Section("only", (split, text)),)
    instrument = Instrument("example", "1", sections, (gate,))
    findings = visibility_findings(instrument, frozenset())
    assert [one.code for one in findings] == ["not_checked", "not_checked"]
