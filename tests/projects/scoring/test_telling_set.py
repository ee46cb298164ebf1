"""Which few questions to answer together."""

from fractions import Fraction
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import most_telling, plan_for, score_with
from projects.scoring.telling_set import telling_set
from projects.scoring.unknowns import ranked, trial_answers
from tests.projects.scoring.examples import (
    a_choice_question,
    a_large_instrument,
    an_instrument,
    answered,
)
from tests.projects.scoring.strategies import CAUSES, cases


def width(plan, sheet):
    overall = score_with(plan, sheet).overall
    return overall.width if overall else 0


def test_two_questions_that_halve_the_uncertainty():
    instrument = an_instrument(
        *(a_choice_question(code, weights={"alpha": 2}) for code in ("one", "two")),
        a_choice_question("heavy", weights={"alpha": 4}),
        a_choice_question("beside", weights={"alpha": 2}),
    )
    found = telling_set(plan_for(instrument, CAUSES), answered(beside="half"), 2)
    assert found.questions == ("heavy", "one")
    assert (found.before, found.expected, found.guaranteed) == (80, 20, 20)
    assert found.expected_part == Fraction(1, 4)
    assert found.is_exact


def test_nothing_open_tells_nothing():
    instrument = an_instrument(a_choice_question("only"))
    plan = plan_for(instrument, CAUSES)
    assert telling_set(plan, answered(only="half"), 3) is None
    assert telling_set(plan, answered(), 0) is None


def test_set_of_one_is_the_most_telling_question():
    instrument, sheet = a_large_instrument(12)
    found = telling_set(plan_for(instrument, CAUSES), sheet, 1)
    best = most_telling(instrument, sheet, CAUSES)[0]
    assert found.questions == (best.question,)
    assert found.before - found.expected == best.expected
    assert found.before - found.guaranteed == best.guaranteed


def test_set_out_of_reach_is_grown_and_says_so():
    instrument, sheet = a_large_instrument(40)
    plan = plan_for(instrument, CAUSES)
    found = telling_set(plan, sheet, 5, limit=400)
    assert not found.is_exact
    assert 2 <= len(found.questions) < 5
    assert found.expected < found.before


@settings(max_examples=60, deadline=None)
@given(cases(max_questions=4), st.integers(1, 3))
def test_set_equals_brute_force(case, count):
    instrument, sheet = case
    plan = plan_for(instrument, CAUSES)
    order = [each.question for each in ranked(plan, sheet)]
    count = min(count, len(order))
    if not count:
        assert telling_set(plan, sheet, 3) is None
        return
    answers = {q.code: list(trial_answers(q)) for q in instrument.questions}
    judged = []
    for codes in combinations(order, count):
        widths = []
        for given_answers in product(*(answers[code] for code in codes)):
            trial = sheet
            for code, answer in zip(codes, given_answers, strict=True):
                trial = trial.with_answer(code, answer)
            widths.append(width(plan, trial))
        judged.append((Fraction(sum(widths)) / len(widths), max(widths)))
    found = telling_set(plan, sheet, count, limit=10**9)
    assert (found.expected, found.guaranteed) == min(judged)
    assert found.before == width(plan, sheet)
