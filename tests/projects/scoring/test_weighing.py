from projects.scoring import Answer, plan_for, resolve
from projects.scoring.weighing import FiredFloor, weigh
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    an_instrument,
    answered,
)
from tests.projects.scoring.strategies import CAUSES


def weighed(instrument, sheet):
    plan = plan_for(instrument, CAUSES)
    return weigh(plan, resolve(instrument, sheet).standings)


def test_scale_makes_every_signal_whole():
    instrument = an_instrument(
        a_choice_question("split"), a_number_question(points=((0, 0), (3, 100)))
    )
    weighing = weighed(instrument, answered(split="half", rows="1"))
    assert weighing.scale == 6
    assert [term.point for term in weighing.terms["alpha"]] == [3, 2]


def test_hidden_and_not_applicable_questions_weigh_nothing():
    instrument = an_instrument(
        a_choice_question("driver", allow_not_applicable=True),
        a_choice_question("inner", when="driver == 'worst'"),
    )
    sheet = answered(inner="worst").with_answer("driver", Answer.not_applicable("no"))
    assert not weighed(instrument, sheet).terms


def test_floor_under_an_undetermined_branch_is_only_possible():
    instrument = an_instrument(
        a_choice_question("driver"),
        a_choice_question("inner", when="driver == 'worst'", floor=("alpha", 90)),
    )
    hanging = weighed(instrument, answered(inner="worst"))
    assert (dict(hanging.given), dict(hanging.possible)) == ({}, {"alpha": 90})
    opened = weighed(instrument, answered(inner="worst", driver="worst"))
    assert opened.fired == (FiredFloor("inner", "worst", "alpha", 90),)
    assert dict(opened.given) == {"alpha": 90}


def test_question_that_may_drop_out_is_not_certain():
    instrument = an_instrument(a_choice_question("maybe", allow_not_applicable=True))
    (term,) = weighed(instrument, answered()).terms["alpha"]
    assert (term.certain, term.counted) == (False, True)
