from projects.scoring import Instrument, Section
from projects.scoring.lint.scores import asking_findings, score_findings
from tests.projects.scoring.examples import a_choice_question, an_impact_question

CAUSES = {"alpha": "alpha", "alpha-one": "alpha", "beta": "beta"}
IMPACT = an_impact_question("people")
BETA = a_choice_question("other", {"beta": 1})


def of(*questions):
    return Instrument("example", "1", (Section("only", questions),))


def asking(*questions):
    found = asking_findings(of(*questions), CAUSES)
    return [(one.code, one.params.get("name")) for one in found]


def scoring(*questions):
    found = score_findings(of(*questions), CAUSES)
    return [(one.code, one.params.get("tier", one.place)) for one in found]


def test_what_nobody_asks_about_is_told():
    assert asking(a_choice_question("a", {"alpha-one": 2}), BETA, IMPACT) == []
    assert asking(a_choice_question("a")) == [
        ("unasked_cause", "beta"),
        ("no_impact_question", None),
    ]
    assert ("no_likelihood_question", None) in asking(IMPACT)


def test_sound_instrument_reaches_every_tier():
    assert scoring(a_choice_question("a"), BETA, IMPACT) == []


def test_tier_out_of_reach_is_told():
    mild = a_choice_question("a", signals=(0, 20, 50))
    assert scoring(mild, IMPACT) == [("unreachable_tier", "critical")]


def test_cause_that_is_always_high_is_told():
    grave = a_choice_question("a", signals=(75, 80, 100))
    codes = [code for code, _ in scoring(grave, BETA, IMPACT)]
    assert codes == ["saturated_cause", "unreachable_tier"]


def test_weight_covered_by_a_graver_cause_is_idle():
    grave = a_choice_question("a", signals=(76, 80, 100))
    place = "sections[0].questions[1].weights"
    assert ("idle_weight", place) in scoring(grave, BETA, IMPACT)


def test_weight_too_light_to_cross_a_limit_is_idle():
    heavy = a_choice_question("a", {"alpha": 10}, signals=(0, 100), codes=("b", "w"))
    light = a_choice_question("b", {"alpha": 1})
    assert scoring(heavy, light, IMPACT) == [
        ("idle_weight", "sections[0].questions[1].weights")
    ]


def test_question_that_may_stand_alone_is_not_idle():
    heavy = a_choice_question("a", {"alpha": 10}, signals=(0, 100), codes=("b", "w"))
    light = a_choice_question("b", {"alpha": 1, "beta": 1})
    assert scoring(heavy, light, IMPACT) == []


def test_without_impact_no_tier_is_called_out_of_reach():
    assert scoring(a_choice_question("a")) == []
