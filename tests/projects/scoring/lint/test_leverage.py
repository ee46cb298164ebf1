from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import Combine, QuestionKind, plan_for
from projects.scoring.lint.leverage import MAX_WEIGHT, Pull, is_idle, pull_of
from projects.scoring.tiers import band
from tests.projects.scoring.examples import (
    a_choice_question,
    a_number_question,
    an_instrument,
)
from tests.projects.scoring.strategies import CAUSES


def pull(weight, *ticks, optional=False, floored=False, exact=True):
    return Pull(weight, ticks, optional, floored, exact)


def test_light_answer_between_two_extremes_is_idle():
    assert is_idle(pull(1, 0, 100), [pull(10, 0, 100)])
    assert not is_idle(pull(1, 0, 100), [pull(10, 0, 50, 100)])


def test_what_is_not_certain_is_not_called_idle():
    others = [pull(10, 0, 100)]
    assert not is_idle(pull(1, 0, 100), [])
    assert not is_idle(pull(1, 0, 100, floored=True), others)
    assert not is_idle(pull(1, 0, 100), [pull(10, 0, 100, exact=False)])
    assert not is_idle(pull(1, 0, 100), [pull(10, 0, 100, optional=True)])
    assert not is_idle(pull(1, 0, 100), [pull(MAX_WEIGHT + 1, 0, 100)])
    many = [pull(1, *range(101)) for _ in range(50)]
    assert not is_idle(pull(1, 0, 100), many)


def test_pull_is_that_of_the_question():
    questions = (
        a_choice_question("split", floor=("alpha", 75)),
        a_choice_question(
            "ticks",
            kind=QuestionKind.MULTIPLE,
            combine=Combine.SUM,
            when="split == 'best'",
        ),
        a_number_question(),
    )
    split, ticks, rows = (
        pull_of(planned, "alpha")
        for planned in plan_for(an_instrument(*questions), CAUSES).planned
    )
    assert split == pull(5, 0, 50, 100, floored=True)
    assert ticks == pull(5, *range(101), optional=True)
    assert rows == pull(5, 0, 100, exact=False)


ticks = st.lists(st.integers(0, 100), min_size=2, max_size=3, unique=True).map(sorted)
pulls = st.builds(
    lambda weight, ticks, optional: pull(weight, *ticks, optional=optional),
    st.integers(1, 10),
    ticks,
    st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(pulls, st.lists(pulls, min_size=1, max_size=3))
def test_idle_is_what_trying_everything_finds(mine, others):
    if all(other.optional for other in others):
        others = [*others, pull(3, 0, 100)]
    assert is_idle(mine, others) == (not moves(mine, others))


def moves(mine, others):
    options = [
        [(other.weight, tick) for tick in other.ticks] + [None] * other.optional
        for other in others
    ]
    own = [(mine.weight, tick) for tick in mine.ticks]
    return any(
        len({band_of([*rest, each]) for each in own + [None] * mine.optional}) > 1
        for rest in product(*options)
    )


def band_of(given):
    counted = [each for each in given if each]
    total = sum(weight for weight, _ in counted)
    return band(Fraction(sum(weight * tick for weight, tick in counted), total))
