"""Which changes only move their own terms, and what practices may leave."""

from fractions import Fraction

from projects.scoring import Answer, plan_for
from projects.scoring.branching import resolve_questions
from projects.scoring.candidates import AnswerChange
from projects.scoring.frames import Frame, aims_of, may_reshape, readings_of
from projects.scoring.outlook import WorkingPractice
from tests.projects.scoring.examples import a_choice_question, an_instrument, answered
from tests.projects.scoring.strategies import CAUSES

QUESTIONS = (
    a_choice_question("driver", weights={"alpha": 1}),
    a_choice_question("inner", weights={"alpha-one": 3}, when="driver == 'worst'"),
)
SHEET = answered(driver="worst", inner="worst")


def plan():
    return plan_for(an_instrument(*QUESTIONS), CAUSES)


def reshapes(code, answer):
    standings = resolve_questions(plan().questions, SHEET).standings
    standing = next(each for each in standings if each.question.code == code)
    return may_reshape(plan(), standing, AnswerChange(code, answer))


def test_answer_that_a_condition_tells_apart_reshapes():
    assert reshapes("driver", Answer.answered("half"))


def test_answer_that_no_condition_reads_does_not_reshape():
    assert not reshapes("inner", Answer.answered("best"))


def test_unknown_reshapes():
    assert reshapes("inner", Answer.unknown())


def test_moves_are_on_one_scale_with_the_weighing():
    readings = readings_of(plan(), {4: AnswerChange("inner", Answer.answered("half"))})
    frame = Frame(plan(), SHEET, readings, ({}, {}), 5)
    (move,) = frame.moves_on("inner")
    assert (move.index, Fraction(move.signal, frame.scale)) == (4, Fraction(1, 2))
    assert not frame.moves_on("driver")


def test_practices_leave_their_part_and_never_less_than_their_share_allows():
    practices = {
        0: WorkingPractice("whole", Fraction(1, 2), frozenset({"alpha"})),
        1: WorkingPractice("part", Fraction(1, 2), frozenset({"alpha-one"})),
    }
    aims = aims_of(plan(), practices)
    frame = Frame(plan(), SHEET, [], (aims_of(plan(), {}), aims), 2)
    working, factors = frame.factors("alpha", 1)
    assert working == 1
    assert factors[0] == Fraction(1, 2)
    assert factors[1] == 1 - Fraction(1, 2) * Fraction(3, 4)
