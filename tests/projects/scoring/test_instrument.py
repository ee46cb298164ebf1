from projects.scoring import InstrumentError, Problem
from tests.projects.scoring.examples import a_choice_question, an_instrument


def test_questions_are_in_the_order_asked():
    instrument = an_instrument(a_choice_question("one"), a_choice_question("two"))
    assert [question.code for question in instrument.questions] == ["one", "two"]


def test_weight_is_summed_over_causes():
    assert a_choice_question("one", weights={"alpha": 3, "beta": 4}).weight == 7


def test_floors_are_those_of_the_choices():
    question = a_choice_question("one", floor=("alpha", 75))
    assert [floor.score for floor in question.floors] == [75]


def test_error_lists_every_problem_with_its_place():
    error = InstrumentError((Problem("gate a", "late"), Problem("gate b", "odd")))
    assert str(error) == "gate a: late; gate b: odd"


def test_instrument_cannot_be_changed_and_can_be_a_key():
    instrument = an_instrument(a_choice_question("one"))
    assert {instrument: 1}[instrument] == 1
