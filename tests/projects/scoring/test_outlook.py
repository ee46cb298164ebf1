"""What practices at work leave of a risk."""

from fractions import Fraction

from projects.scoring import RiskTier, plan_for, score_with
from projects.scoring.outlook import WorkingPractice, outlook
from tests.projects.scoring.examples import (
    a_choice_question,
    an_impact_question,
    an_instrument,
    answered,
)
from tests.projects.scoring.strategies import CAUSES


def seen(weights, *practices):
    instrument = an_instrument(
        *(a_choice_question(f"q{n}", weights=each) for n, each in enumerate(weights)),
        an_impact_question("stakes"),
    )
    plan = plan_for(instrument, CAUSES)
    given = {f"q{n}": "worst" for n in range(len(weights))}
    risk = score_with(plan, answered(**given, stakes="worst"))
    working = [
        WorkingPractice(f"practice-{n}", Fraction(effect), frozenset(causes))
        for n, (effect, causes) in enumerate(practices)
    ]
    return outlook(plan, risk, working)


def test_without_practices_the_inherent_result_stands():
    found = seen([{"alpha": 5}])
    assert found.overall == found.risk.overall
    assert found.tier is found.risk.tier is RiskTier.CRITICAL


def test_practices_against_a_cause_multiply():
    found = seen([{"alpha": 5}], ("1/2", {"alpha"}), ("1/5", {"alpha"}))
    assert found.left["alpha"].point == 100 * Fraction(1, 2) * Fraction(4, 5)
    assert found.tier is RiskTier.HIGH
    assert found.risk.tier is RiskTier.CRITICAL


def test_practice_against_a_sub_cause_takes_its_share_off_the_cause_above():
    found = seen([{"alpha-one": 1}, {"alpha-two": 3}], ("1/2", {"alpha-one"}))
    assert found.left["alpha"].point == 100 * (1 - Fraction(1, 2) * Fraction(1, 4))


def test_practice_against_another_cause_takes_nothing_off():
    found = seen([{"alpha": 5}, {"beta": 5}], ("1/2", {"beta"}))
    assert found.left["alpha"].point == 100
    assert found.left["beta"].point == 50
    assert found.binding_cause == "alpha"
