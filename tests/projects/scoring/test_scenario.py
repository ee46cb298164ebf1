"""A scenario beside the sheet it starts from."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import (
    Answer,
    AnswerError,
    Gate,
    GateEffect,
    RiskTier,
    parse_expression,
    plan_for,
)
from projects.scoring.outlook import WorkingPractice
from projects.scoring.scenario import Scenario, compare, prospect
from tests.projects.scoring.examples import (
    a_choice_question,
    an_impact_question,
    an_instrument,
    answered,
)
from tests.projects.scoring.strategies import CAUSES, cases, sheets

HALVING = WorkingPractice("halving", Fraction(1, 2), frozenset({"alpha"}))
WORST = answered(driver="worst", inner="worst", stakes="half")


def a_plan():
    gate = Gate("stop", parse_expression("driver == 'worst'"), GateEffect.BLOCK)
    instrument = an_instrument(
        a_choice_question("driver"),
        a_choice_question("inner", weights={"beta": 5}, when="driver == 'worst'"),
        a_choice_question("other", weights={"beta": 5}, when="driver != 'worst'"),
        an_impact_question("stakes"),
        gates=(gate,),
    )
    return plan_for(instrument, CAUSES)


def best(code):
    return Scenario({code: Answer.answered("best")})


def test_scenario_of_nothing_changes_nothing():
    found = compare(a_plan(), WORST, Scenario(), at_work=[HALVING])
    assert found.before == found.after
    assert found.tier_change == 0
    assert {each.current_change for each in found.causes} == {0}


def test_scenario_shows_what_each_cause_loses():
    scenario = Scenario({"driver": Answer.answered("half")}, (HALVING,))
    alpha = compare(a_plan(), WORST, scenario).causes[0]
    assert (alpha.slug, alpha.inherent_change, alpha.current_change) == (
        "alpha",
        -50,
        -75,
    )


def test_scenario_shows_gates_and_questions_that_open_and_close():
    found = compare(a_plan(), WORST, best("driver"))
    assert [gate.code for gate in found.gates_lifted] == ["stop"]
    assert found.gates_fired == ()
    assert found.questions_opened == ("other",)
    assert found.questions_closed == ("inner",)


def test_scenario_lowers_the_tier_by_practices_alone():
    sheet = answered(driver="worst", inner="best", stakes="half")
    found = compare(a_plan(), sheet, Scenario(practices=(HALVING,)))
    assert found.before.outlook.tier is RiskTier.HIGH
    assert found.after.outlook.tier is RiskTier.MODERATE
    assert found.tier_change == -1
    assert found.after.risk == found.before.risk


def test_practice_at_work_already_counts_once():
    found = compare(a_plan(), WORST, Scenario(practices=(HALVING,)), at_work=[HALVING])
    assert found.before == found.after


def test_tier_of_nothing_answered_has_no_change():
    found = compare(a_plan(), answered(), best("driver"))
    assert found.tier_change is None


def test_cause_that_drops_out_has_no_difference():
    beta = compare(a_plan(), WORST, Scenario({"driver": Answer.blank()})).causes[1]
    assert beta.inherent_change is not None
    only = an_instrument(
        a_choice_question("driver", weights={"beta": 1}),
        a_choice_question("inner", when="driver == 'worst'"),
    )
    alpha = compare(
        plan_for(only, CAUSES), answered(driver="worst"), best("driver")
    ).causes[0]
    assert (alpha.inherent[1], alpha.current_change) == (None, None)


def test_answer_to_a_stranger_is_refused():
    with pytest.raises(AnswerError):
        compare(a_plan(), WORST, best("stranger"))


@settings(max_examples=60, deadline=None)
@given(cases(), st.data())
def test_scenario_equals_the_changed_sheet_scored_alone(case, data):
    instrument, sheet = case
    plan = plan_for(instrument, CAUSES)
    other = data.draw(sheets(instrument))
    blanks = {q.code: Answer.blank() for q in instrument.questions}
    found = compare(plan, sheet, Scenario({**blanks, **other.answers}, (HALVING,)))
    assert found.before == prospect(plan, sheet)
    assert found.after == prospect(plan, other, [HALVING])
