from fractions import Fraction

import pytest

from projects.scoring import InstrumentError, Question, QuestionKind, plan_for
from tests.projects.scoring.examples import (
    a_choice_question,
    an_impact_question,
    an_instrument,
)
from tests.projects.scoring.strategies import CAUSES


def test_sub_cause_weight_counts_for_its_top_level_cause():
    question = a_choice_question("split", weights={"alpha": 5, "alpha-one": 3})
    plan = plan_for(an_instrument(question), CAUSES)
    assert plan.planned[0].targets == (("alpha", 8), ("alpha-one", 3))
    assert plan.top_level == ("alpha", "beta")
    assert plan.sub_causes == ()


def test_impact_and_unscored_questions_have_their_targets():
    instrument = an_instrument(
        an_impact_question("people", unknown_signal=Fraction(3, 4)),
        Question("due", QuestionKind.DATE),
    )
    people, due = plan_for(instrument, CAUSES).planned
    assert people.targets == (("impact", 6),)
    assert people.unknown == Fraction(3, 4)
    assert due.targets == ()


def test_plan_refuses_causes_it_does_not_know():
    question = a_choice_question(
        "split", weights={"gamma": 5, "alpha": 1}, floor=("delta", 50)
    )
    with pytest.raises(InstrumentError) as caught:
        plan_for(an_instrument(question), CAUSES)
    assert [str(problem) for problem in caught.value.problems] == [
        "sections[0].questions[0]: `delta` is not a cause",
        "sections[0].questions[0]: `gamma` is not a cause",
    ]


def test_plan_refuses_a_floor_that_could_be_lost():
    question = a_choice_question("split", weights={"alpha": 5}, floor=("beta", 75))
    with pytest.raises(InstrumentError, match="the floor on `beta` needs a weight"):
        plan_for(an_instrument(question), CAUSES)
