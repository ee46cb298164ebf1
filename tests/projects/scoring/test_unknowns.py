from fractions import Fraction

from projects.scoring import Question, QuestionKind, most_telling
from projects.scoring.unknowns import trial_answers
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    a_scale_question,
    an_instrument,
    answered,
)
from tests.projects.scoring.strategies import CAUSES


def test_heaviest_open_question_tells_most():
    instrument = an_instrument(
        a_choice_question("light", weights={"alpha": 2}),
        a_choice_question("heavy", weights={"alpha": 8}),
        Question("remarks", QuestionKind.TEXT),
    )
    heavy, light = most_telling(instrument, answered(), CAUSES)
    assert (heavy.question, light.question) == ("heavy", "light")
    assert (heavy.expected, heavy.guaranteed) == (80, 80)
    assert light.expected == 20


def test_settled_and_invisible_questions_are_not_asked():
    instrument = an_instrument(
        a_choice_question("driver"),
        a_choice_question("inner", when="driver == 'worst'"),
        a_choice_question("done"),
    )
    told = most_telling(instrument, answered(done="half"), CAUSES)
    assert [narrowing.question for narrowing in told] == ["driver"]


def test_question_beside_the_binding_cause_comes_last_but_comes():
    instrument = an_instrument(
        a_choice_question("binding", weights={"alpha": 5}),
        a_choice_question("beside", weights={"beta": 5}, signals=(0, 20, 40)),
    )
    binding, beside = most_telling(instrument, answered(), CAUSES)
    assert (beside.question, beside.guaranteed, beside.expected) == ("beside", 0, 20)
    assert beside.spread == 40
    assert (binding.guaranteed, binding.expected) == (60, Fraction(260, 3))
    assert binding.guaranteed <= binding.expected
    assert most_telling(instrument, answered(), CAUSES, limit=1) == (binding,)


def test_trial_answers_reach_the_extremes_of_every_kind():
    tools = a_choice_question("tools", kind=QuestionKind.MULTIPLE)
    assert [a.value for a in trial_answers(tools)][-1] == ("best", "half", "worst")
    rows = a_number_question(minimum=Fraction(5, 2), maximum=Fraction(60))
    assert [a.value for a in trial_answers(rows)] == ["2.5", "50", "60"]
    assert [a.value for a in trial_answers(a_scale_question())] == [1, 2, 3, 4, 5]
    maybe = a_choice_question("maybe", allow_not_applicable=True)
    assert len(list(trial_answers(maybe))) == 4
    assert list(trial_answers(Question("due", QuestionKind.DATE))) == []
