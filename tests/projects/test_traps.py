"""Traps into which other products fell, each as a regression test of its own.

The names follow the table of defects seen in published questionnaires and tools: what
went wrong there must not be possible here, in the weighted and the additive method.
"""

import copy
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.models import QuestionnaireVersion
from projects.scoring import (
    Answer,
    AnswerError,
    AnswerSheet,
    InstrumentError,
    Question,
    QuestionKind,
    digest,
    instrument_from_document,
    parse_answer,
    replay,
    score,
)
from projects.scoring.mitigation import residual
from projects.scoring.points import points_of
from projects.services import questionnaires
from projects.services.runs import replayed
from tests.factories.projects import AT, QuestionnaireVersionFactory, small_document
from tests.factories.runs import scored
from tests.projects.scoring.examples import (
    a_choice_question,
    a_document,
    an_impact_question,
    an_instrument,
    answered,
)
from tests.projects.scoring.points_example import a_points_document
from tests.projects.scoring.strategies import CAUSES, cases

POINTS = instrument_from_document(a_points_document())
WORST = {"reach": "c2", "harms": ("c0", "c1", "c2"), "deep": "c1", "phase": "c0"}


def points_for(**said):
    return score(POINTS, answered(**said), {})


# -- 1: an empty form scores as lowest risk ---------------------------------------------


def test_an_empty_form_is_not_the_lowest_risk():
    instrument = an_instrument(a_choice_question("one"), an_impact_question("stakes"))
    for risk in (
        score(instrument, AnswerSheet(), CAUSES),
        score(POINTS, AnswerSheet(), {}),
    ):
        assert risk.tier is None
        assert risk.not_assessable
        assert risk.overall.high == 100


def test_a_form_of_unknowns_is_judged_by_the_worst_they_can_be():
    instrument = an_instrument(a_choice_question("one"), an_impact_question("stakes"))
    sheet = AnswerSheet({"one": Answer.unknown(), "stakes": Answer.answered("worst")})
    risk = score(instrument, sheet, CAUSES)
    assert risk.provisional
    assert risk.tier.value == "critical"


# -- 2: answers under a closed branch still count ---------------------------------------


def test_answers_under_a_closed_branch_count_for_nothing():
    instrument = an_instrument(
        a_choice_question("driver"),
        a_choice_question("inner", when="driver == 'worst'", floor=("alpha", 90)),
        an_impact_question("stakes"),
    )
    left = answered(driver="best", inner="worst", stakes="best")
    never = answered(driver="best", stakes="best")
    closed, fresh = (score(instrument, sheet, CAUSES) for sheet in (left, never))
    assert closed.hidden == ("inner",)
    assert (closed.causes, closed.tier, closed.floors) == (
        fresh.causes,
        fresh.tier,
        fresh.floors,
    )
    left = points_for(**{**WORST, "reach": "c0"}, early="c0").points.total
    never = {code: WORST[code] for code in ("harms", "phase")}
    assert left == points_for(reach="c0", **never, early="c0").points.total


# -- 3: 61 points of mitigation are worth nothing, 62 change a level --------------------


def cliff():
    """The published cliff in small: 0.80 of half of 154 points is 61.6."""
    document = a_points_document()
    work = document["sections"][1]["questions"]
    first = work[0]["choices"]
    first.append({**copy.deepcopy(first[1]), "code": "c2", "points": 61})
    first.append({**copy.deepcopy(first[1]), "code": "c3", "points": 62})
    first.append({**copy.deepcopy(first[1]), "code": "c4", "points": 77})
    last = work[1]["choices"]
    last.append({**copy.deepcopy(last[1]), "code": "c2", "points": 77})
    return instrument_from_document(document)


def test_a_cliff_says_how_far_it_is():
    """The rule of an additive questionnaire is its own; the result tells the distance."""
    instrument = cliff()
    short, over = (
        score(instrument, answered(**WORST, early=pick), {}).points
        for pick in ("c2", "c3")
    )
    assert (short.total.point, over.total.point) == (20, 17)
    (adjustment,) = short.adjustments
    assert not adjustment.holds
    assert (adjustment.threshold, adjustment.missing) == (
        Fraction("61.6"),
        Fraction("0.6"),
    )


@given(st.integers(0, 60), st.integers(0, 100))
def test_our_own_mitigations_have_no_cliff(effect, risk):
    """A little more effect takes a little more off: never nothing, never a leap."""
    less, more = (
        residual(Decimal(risk), [Decimal(each) / 100]) for each in (effect, effect + 1)
    )
    assert Decimal(0) <= less - more <= Decimal("1.1")


# -- 4: a maximal section is averaged into "moderate" -----------------------------------


def test_a_maximal_cause_is_not_averaged_away():
    harmless = [a_choice_question(f"fine{n}", weights={"beta": 10}) for n in range(9)]
    instrument = an_instrument(
        a_choice_question("fatal", weights={"alpha": 1}),
        *harmless,
        an_impact_question("stakes"),
    )
    best = {f"fine{n}": "best" for n in range(9)}
    risk = score(instrument, answered(fatal="worst", stakes="worst", **best), CAUSES)
    assert risk.overall.point == 100
    assert risk.tier.value == "critical"
    assert risk.breadth < risk.overall.point


def test_a_maximal_section_of_points_is_pointed_out():
    (stakes,) = points_for(**WORST, early="c1").points.scales[0].sections
    assert stakes.is_full


# -- 5: a weight parsed from an option's id ---------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 99), min_size=3, max_size=3, unique=True))
def test_renaming_a_choice_changes_no_score(numbers):
    codes = tuple(f"item{n}_{number}" for n, number in enumerate(numbers, 1))
    plain = an_instrument(a_choice_question("one"), an_impact_question("stakes"))
    renamed = an_instrument(
        a_choice_question("one", codes=codes), an_impact_question("stakes")
    )
    for place, code in enumerate(("best", "half", "worst")):
        before = score(plain, answered(one=code, stakes="half"), CAUSES)
        after = score(renamed, answered(one=codes[place], stakes="half"), CAUSES)
        assert (before.causes[0].interval, before.tier) == (
            after.causes[0].interval,
            after.tier,
        )


# -- 6: "no biometric data is used" scores as biometric ---------------------------------


@settings(max_examples=60, deadline=None)
@given(cases(), st.text(max_size=60))
def test_words_in_free_text_score_nothing(case, words):
    instrument, sheet = case
    texts = [q for q in instrument.questions if q.kind is QuestionKind.TEXT]
    for question in texts:
        assert not question.weights
        said = sheet.with_answer(question.code, Answer.answered(words or "-"))
        other = sheet.with_answer(
            question.code, Answer.answered("no biometric data is used")
        )
        one, two = (score(instrument, each, CAUSES) for each in (said, other))
        assert (one.causes, one.impact, one.tier) == (two.causes, two.impact, two.tier)


# -- 7: a single choice iterated by character; a boolean that raises --------------------


def test_a_single_choice_is_one_word_and_not_its_letters():
    question = a_choice_question("one", codes=("a", "b", "ab"))
    assert parse_answer(question, "answered", "ab") == Answer.answered("ab")
    instrument = an_instrument(question, an_impact_question("stakes"))
    risk = score(instrument, answered(one="ab", stakes="best"), CAUSES)
    assert risk.cause("alpha").interval.point == 100


@pytest.mark.parametrize("value", [True, False, 1, 1.5, ["a"], {"a": 1}, b"a"])
@pytest.mark.parametrize("kind", list(QuestionKind))
def test_a_value_of_the_wrong_type_is_refused_and_raises_nothing_else(kind, value):
    question = a_question_of(kind)
    try:
        answer = parse_answer(question, "answered", value)
    except AnswerError:
        return
    assert not isinstance(answer.value, bool)


def a_question_of(kind):
    match kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            return a_choice_question("one", kind=kind)
        case QuestionKind.SCALE:
            return Question("one", kind, signals=(Fraction(),) * 5)
        case QuestionKind.NUMBER:
            points = ((Fraction(0), Fraction()), (Fraction(9), Fraction(1)))
            return Question("one", kind, breakpoints=points)
        case _:
            return Question("one", kind)


def test_a_choice_code_that_yaml_reads_as_a_boolean_is_refused():
    document = a_document()
    document["sections"][0]["questions"][0]["choices"][0]["code"] = True
    with pytest.raises(InstrumentError):
        instrument_from_document(document)


# -- 8: weights multiply the sum but not the ceiling ------------------------------------


@pytest.mark.parametrize("factor", [1, 2, 5])
def test_heavier_weights_do_not_saturate(factor):
    instrument = an_instrument(
        a_choice_question("one", weights={"alpha": factor}),
        a_choice_question("two", weights={"alpha": 2 * factor}),
        an_impact_question("stakes", weight=factor),
    )
    risk = score(instrument, answered(one="worst", two="half", stakes="half"), CAUSES)
    assert risk.cause("alpha").interval.point == Fraction(200, 3)
    worst = score(
        instrument, answered(one="worst", two="worst", stakes="worst"), CAUSES
    )
    assert worst.overall.point == 100


def test_points_reach_their_ceiling_and_no_more():
    risk = points_for(**WORST, early="c0")
    assert risk.points.total.point == risk.points.most
    assert points_of(POINTS, POINTS.rules, ()).total.high == 0


# -- 9: editing a question invalidates all submitted answers ----------------------------


def test_an_edited_question_leaves_stored_results_as_they_are():
    before = a_document()
    code = before["sections"][0]["questions"][0]["code"]
    sheet = {code: {"state": "unknown"}}
    stored = replay(before, sheet, CAUSES)
    edited = copy.deepcopy(before)
    edited["sections"][0]["questions"][0]["text"]["en"] = "Put another way"
    assert digest(edited) != digest(before)
    assert replay(before, sheet, CAUSES) == stored


@pytest.mark.django_db
def test_a_new_version_leaves_submitted_answers_valid(retail, carol):
    said = {"stated": "oral", "people": "many", "split": "none"}
    run = scored(unit=retail, by=carol, version=QuestionnaireVersionFactory(), **said)
    answers = list(run.assessment.answers.values("question", "state", "value"))
    edited = small_document(version=2)
    question = edited["sections"][0]["questions"][0]
    question["text"] = dict.fromkeys(question["text"], "Put another way")
    question["choices"] = [c for c in question["choices"] if c["code"] != "oral"]
    questionnaires.load(document=edited, at=AT)
    newest = QuestionnaireVersion.objects.published().get(questionnaire__code="small")
    assert newest.number == 2
    run.assessment.refresh_from_db()
    kept = list(run.assessment.answers.values("question", "state", "value"))
    assert (kept, run.assessment.state) == (answers, run.assessment.state)
    assert run.assessment.questionnaire_version.number == 1
    assert replayed(run.record) == run.record.result.encode()
