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
    error = InstrumentError((Problem("missing", "a"), Problem("unknown_key", "b")))
    assert str(error) == "a: missing; b: unknown key"


def test_problem_is_told_from_an_outer_place():
    problem = Problem("unknown_cause", "floor.cause", {"name": "moon"})
    assert str(problem.within("choices[1]")) == (
        "choices[1].floor.cause: `moon` is not a cause"
    )
    assert Problem("missing", "").within("gates[0]").place == "gates[0]"
    assert str(Problem("not_a_mapping", "")) == "not a mapping"
    assert len({problem, problem}) == 1


def test_questions_know_their_place():
    instrument = an_instrument(a_choice_question("one"), a_choice_question("two"))
    assert [place for place, _ in instrument.placed()] == [
        "sections[0].questions[0]",
        "sections[0].questions[1]",
    ]


def test_instrument_cannot_be_changed_and_can_be_a_key():
    instrument = an_instrument(a_choice_question("one"))
    assert {instrument: 1}[instrument] == 1
