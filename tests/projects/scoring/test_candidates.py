"""What could be changed about a sheet."""

from fractions import Fraction

from projects.scoring import Answer, AnswerSheet, QuestionKind, plan_for
from projects.scoring.candidates import (
    AnswerChange,
    PracticeChange,
    changed_sheet,
    milder_answers,
    practices_in,
)
from projects.scoring.outlook import WorkingPractice
from tests.projects.scoring.examples import (
    a_choice_question,
    an_instrument,
    answered,
)
from tests.projects.scoring.strategies import CAUSES


def milder(*questions, **given):
    plan = plan_for(an_instrument(*questions), CAUSES)
    found = milder_answers(plan, answered(**given))
    return [(change.question, change.answer.value) for change in found]


def test_answered_question_offers_each_milder_answer_the_nearest_first():
    assert milder(a_choice_question("one"), one="worst") == [
        ("one", "half"),
        ("one", "best"),
    ]


def test_mildest_answer_offers_nothing():
    assert milder(a_choice_question("one"), one="best") == []


def test_open_question_offers_its_mildest_answer():
    assert milder(a_choice_question("one")) == [("one", "best")]


def test_closed_question_offers_nothing():
    questions = (
        a_choice_question("driver"),
        a_choice_question("inner", when="driver == 'worst'"),
    )
    assert milder(*questions, driver="best", inner="worst") == []


def test_of_several_ticks_fewer_are_offered():
    many = a_choice_question("many", kind=QuestionKind.MULTIPLE)
    found = milder(many, many=("best", "half", "worst"))
    assert ("many", ("best", "half")) in found


def test_sheet_takes_the_last_word_of_changes_and_leaves_practices():
    practice = WorkingPractice("holdout", Fraction(1, 2), frozenset({"alpha"}))
    changes = [AnswerChange("one", Answer.answered("best")), PracticeChange(practice)]
    changed = changed_sheet(answered(one="worst", two="half"), changes)
    assert changed == answered(one="best", two="half")
    assert practices_in(changes) == (practice,)
    assert changed_sheet(AnswerSheet({}), changes[1:]) == AnswerSheet({})


def test_two_changes_of_one_question_share_their_target():
    targets = {
        AnswerChange("one", Answer.answered(value)).target for value in ("a", "b")
    }
    assert targets == {("question", "one")}
