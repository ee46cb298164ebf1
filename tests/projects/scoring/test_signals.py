from fractions import Fraction

import pytest

from projects.scoring import Combine, Floor, QuestionKind
from projects.scoring.signals import (
    floors_of,
    reachable_points,
    signal_of,
    signal_range,
)
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    a_scale_question,
)


def a_multiple_question(combine, **more):
    signals = more.pop("signals", (20, 50, 70))
    return a_choice_question(
        "tools", kind=QuestionKind.MULTIPLE, combine=combine, signals=signals, **more
    )


def percent(number):
    return Fraction(number, 100)


def test_single_choice_is_not_iterated_by_character():
    """The Dispatch trap: a code stored as text scored letter by letter, so 0."""
    question = a_choice_question("split", codes=("b", "e", "be"))
    assert signal_of(question, "be") == 1
    assert signal_of(question, "e") == percent(50)


def test_multiple_takes_the_strongest_or_a_capped_sum():
    ticked = ("best", "worst")
    assert signal_of(a_multiple_question(Combine.MAX), ticked) == percent(70)
    assert signal_of(a_multiple_question(Combine.SUM), ticked) == percent(90)
    everything = ("best", "half", "worst")
    assert signal_of(a_multiple_question(Combine.SUM), everything) == 1


def test_range_of_multiple_reaches_from_one_tick_to_all():
    assert signal_range(a_multiple_question(Combine.MAX)) == (percent(20), percent(70))
    assert signal_range(a_multiple_question(Combine.SUM)) == (percent(20), 1)


def test_scale_steps_count_from_one():
    assert signal_of(a_scale_question(), 1) == 1
    assert signal_of(a_scale_question(), 5) == 0
    assert signal_range(a_scale_question()) == (0, 1)


@pytest.mark.parametrize(
    ("number", "expected"),
    [("-5", 100), ("0", 100), ("25", 75), ("50", 50), ("75", 25), ("999", 0)],
)
def test_number_runs_straight_between_breakpoints(number, expected):
    assert signal_of(a_number_question(), number) == percent(expected)


def test_number_is_exact():
    thirds = a_number_question(points=((0, 0), (3, 100)))
    assert signal_of(thirds, "0.1") == Fraction(1, 30)


def test_range_of_number_is_cut_by_its_limits():
    question = a_number_question(minimum=Fraction(25), maximum=Fraction(60))
    assert signal_range(question) == (percent(40), percent(75))
    assert [number for number, _ in reachable_points(question)] == [25, 50, 60]


def test_floors_are_those_of_the_chosen():
    question = a_choice_question("split", floor=("alpha", 75))
    assert floors_of(question, "worst") == (("worst", Floor("alpha", 75)),)
    assert floors_of(question, "best") == ()
    assert floors_of(a_scale_question(), 5) == ()
