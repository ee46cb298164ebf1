import sys
import time
from fractions import Fraction

import pytest

from projects.scoring import (
    Answer,
    AnswerError,
    AnswerSheet,
    RiskTier,
    plan_for,
    score,
    score_with,
)
from tests.projects.scoring.examples import (
    a_choice_question,
    a_large_instrument,
    an_impact_question,
    an_instrument,
    answered,
)
from tests.projects.scoring.strategies import CAUSES, intervals


def test_published_example_by_hand():
    """(8 * 0.50 + 2 * 1.00) / 10 = 60; open, the second spans 40 to 60."""
    instrument = an_instrument(
        a_choice_question("split", weights={"alpha": 8}),
        a_choice_question("timing", weights={"alpha-one": 2}),
        an_impact_question("people"),
    )
    sheet = answered(split="half", people="worst")
    partial = score(instrument, sheet, CAUSES)
    alpha = partial.cause("alpha").interval
    assert (alpha.low, alpha.point, alpha.high) == (40, 52, 60)
    assert partial.completeness == Fraction(14, 16)
    assert partial.tier is RiskTier.CRITICAL
    full = score(
        instrument, sheet.with_answer("timing", Answer.answered("worst")), CAUSES
    )
    assert full.overall.point == 60
    assert full.overall.width == 0
    assert full.binding_cause == "alpha"
    assert full.cause("beta").interval is None
    assert full.breadth == 60
    assert [cause.slug for cause in full.causes] == ["alpha", "beta"]


def test_sub_cause_is_scored_from_two_questions_on():
    instrument = an_instrument(
        a_choice_question("one", weights={"alpha-one": 1}),
        a_choice_question("two", weights={"alpha-one": 3, "alpha-two": 2}),
    )
    risk = score(instrument, answered(one="worst", two="best"), CAUSES)
    assert risk.cause("alpha-one").interval.point == 25
    assert risk.cause("alpha").interval.point == Fraction(100, 6)
    assert {c.slug for c in risk.causes} == {"alpha", "beta", "alpha-one"}


def test_maximal_cause_is_never_averaged_into_moderate():
    """The AIA trap: one cause at 100 among mild ones stays the likelihood."""
    instrument = an_instrument(
        a_choice_question("fatal", weights={"alpha": 1}),
        a_choice_question("mild", weights={"beta": 10}),
        an_impact_question("people"),
    )
    sheet = answered(fatal="worst", mild="best", people="worst")
    risk = score(instrument, sheet, CAUSES)
    assert risk.overall.point == 100
    assert risk.breadth == 50
    assert risk.tier is RiskTier.CRITICAL


def test_fatal_answer_is_never_averaged_away():
    instrument = an_instrument(
        a_choice_question("fatal", weights={"alpha-one": 1}, floor=("alpha-one", 75)),
        a_choice_question("mild", weights={"alpha": 10}),
    )
    risk = score(instrument, answered(fatal="worst", mild="best"), CAUSES)
    alpha = risk.cause("alpha")
    assert alpha.unfloored == Fraction(100, 11)
    assert (alpha.interval.low, alpha.interval.point, alpha.interval.high) == (75,) * 3
    assert [floor.question for floor in risk.floors] == ["fatal"]


def test_floor_that_may_still_be_given_lifts_the_high_bound_only():
    instrument = an_instrument(
        a_choice_question("fatal", weights={"alpha": 1}, floor=("alpha", 75)),
        a_choice_question("mild", weights={"alpha": 9}),
    )
    alpha = score(instrument, answered(mild="best"), CAUSES).cause("alpha").interval
    assert (alpha.low, alpha.point, alpha.high) == (0, 6, 75)


def test_score_is_not_assessed_when_every_question_is_not_applicable():
    question = a_choice_question("split", allow_not_applicable=True)
    sheet = AnswerSheet({"split": Answer.not_applicable("no split")})
    risk = score(an_instrument(question), sheet, CAUSES)
    assert risk.cause("alpha").interval is None
    assert risk.overall is None
    assert risk.not_assessable


def test_not_applicable_answer_never_leaves_the_interval():
    """An open question that may drop out does not have to dilute the others."""
    instrument = an_instrument(
        a_choice_question("bad", weights={"alpha": 1}),
        a_choice_question("maybe", weights={"alpha": 1}, allow_not_applicable=True),
    )
    maybe = score(instrument, answered(bad="half"), CAUSES).cause("alpha").interval
    assert (maybe.low, maybe.high) == (25, 75)
    worst = score(instrument, answered(bad="worst"), CAUSES).cause("alpha").interval
    assert (worst.low, worst.high) == (50, 100)


def test_overall_low_ignores_a_cause_that_may_leave():
    instrument = an_instrument(
        a_choice_question("driver", weights={"beta": 1}),
        a_choice_question("inner", weights={"alpha": 1}, when="driver == 'worst'"),
    )
    undetermined = score(instrument, answered(inner="half"), CAUSES)
    assert undetermined.cause("alpha").interval.low == 50
    assert undetermined.overall.low == 0
    closed = score(instrument, answered(inner="half", driver="best"), CAUSES)
    assert closed.overall.low == 0
    assert closed.cause("alpha").interval is None


def test_unknown_signal_is_held_inside_the_signals_of_the_question():
    question = a_choice_question("narrow", signals=(0, 20, 40))
    alpha = score(an_instrument(question), AnswerSheet(), CAUSES).cause("alpha")
    assert (alpha.interval.low, alpha.interval.point, alpha.interval.high) == (
        0,
        40,
        40,
    )


def test_open_branch_answer_close_equals_never_opened():
    instrument = an_instrument(
        a_choice_question("driver"),
        a_choice_question("inner", when="driver == 'worst'", floor=("alpha", 90)),
        a_choice_question("deeper", when="inner == 'worst'"),
        an_impact_question("people"),
    )
    never = answered(driver="best", people="half")
    opened = answered(driver="worst", people="half", inner="worst", deeper="worst")
    closed = opened.with_answer("driver", Answer.answered("best"))
    before, after = score(instrument, never, CAUSES), score(instrument, closed, CAUSES)
    assert after.hidden == ("inner", "deeper")
    assert intervals(before) == intervals(after)
    assert before.tier is after.tier is RiskTier.LOW
    assert after.floors == ()


def test_renaming_a_choice_does_not_change_the_score():
    """The AIA trap: weights parsed from an option's id."""
    plain = a_choice_question("split", codes=("best", "half", "worst"))
    renamed = a_choice_question("split", codes=("0", "item_99", "x_500"))
    scores = {
        score(an_instrument(question), answered(split=code), CAUSES).overall.point
        for question, code in ((plain, "half"), (renamed, "item_99"))
    }
    assert scores == {50}


def test_weights_saturate_nothing():
    """The CISO Assistant trap: weights multiply the sum but not the ceiling."""
    light, heavy = (
        an_instrument(a_choice_question("split", weights={"alpha": weight}))
        for weight in (1, 10)
    )
    sheet = answered(split="half")
    assert score(light, sheet, CAUSES).overall == score(heavy, sheet, CAUSES).overall


def test_tier_is_provisional_and_from_the_high_bound_while_incomplete():
    instrument = an_instrument(
        a_choice_question("split", weights={"alpha": 5}),
        a_choice_question("timing", weights={"alpha": 5}),
        an_impact_question("people"),
    )
    risk = score(instrument, answered(split="best", people="best"), CAUSES)
    assert risk.provisional
    assert risk.overall.high == 50
    assert risk.tier is RiskTier.LOW
    risk = score(instrument, answered(split="half", people="half"), CAUSES)
    assert risk.overall.point == 55
    assert risk.overall.high == 75
    assert risk.tier is RiskTier.MODERATE


def test_tier_is_provisional_while_impact_has_no_answer():
    instrument = an_instrument(
        a_choice_question("split", weights={"alpha": 10, "beta": 10}),
        a_choice_question("timing", weights={"alpha": 10}),
        an_impact_question("people"),
    )
    risk = score(instrument, answered(split="best", timing="best"), CAUSES)
    assert risk.completeness > Fraction(80, 100)
    assert risk.provisional
    assert risk.tier is RiskTier.MODERATE


def test_all_unknown_is_not_assessable():
    instrument = an_instrument(a_choice_question("split"), an_impact_question("people"))
    sheet = AnswerSheet({c: Answer.unknown() for c in ("split", "people")})
    assert score(instrument, sheet, CAUSES).not_assessable


def test_binding_cause_of_equals_is_the_first_by_name():
    question = a_choice_question("split", weights={"beta": 1, "alpha": 9})
    risk = score(an_instrument(question), answered(split="half"), CAUSES)
    assert risk.binding_cause == "alpha"


def test_score_refuses_answers_to_strange_questions():
    with pytest.raises(AnswerError) as caught:
        score(an_instrument(a_choice_question("split")), answered(odd="best"), CAUSES)
    assert caught.value.code == "unknown_question"


def test_sixty_questions_are_scored_in_two_milliseconds():
    instrument, sheet = a_large_instrument(60)
    plan = plan_for(instrument, CAUSES)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        score_with(plan, sheet)
        times.append(time.perf_counter() - start)
    assert min(times) < (0.002 if sys.gettrace() is None else 0.05)
