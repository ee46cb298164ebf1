from projects.scoring import Gate, GateEffect, parse_expression, score
from tests.projects.scoring.examples import a_choice_question, an_instrument, answered
from tests.projects.scoring.strategies import CAUSES

GATE = Gate("no_split", parse_expression("split == 'worst'"), GateEffect.BLOCK)
GATED = an_instrument(a_choice_question("split"), gates=(GATE,))


def test_gate_fires_when_its_condition_holds():
    assert score(GATED, answered(split="worst"), CAUSES).gates.fired == (GATE,)


def test_gate_is_undetermined_while_its_answer_is_open():
    """An empty form does not slip past a gate unseen."""
    report = score(GATED, answered(), CAUSES).gates
    assert (report.fired, report.undetermined) == ((), (GATE,))


def test_gate_rests_when_its_condition_fails():
    report = score(GATED, answered(split="best"), CAUSES).gates
    assert (report.fired, report.undetermined) == ((), ())
