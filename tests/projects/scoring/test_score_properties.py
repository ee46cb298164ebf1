"""The promises of the weighted score, on random questionnaires and sheets."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from projects.scoring import Answer, AnswerSheet, contributions, resolve, score
from tests.projects.scoring.strategies import (
    CAUSES,
    cases,
    completion_count,
    completions,
    definite_answers,
    instruments,
    intervals,
    open_questions,
    stronger_pairs,
)

MODERATE = settings(max_examples=100, deadline=None)


def assert_nested(inner, outer, place):
    if inner is None:
        return
    assert outer is not None, place
    assert outer.low <= inner.low, place
    assert inner.high <= outer.high, place


@MODERATE
@given(cases())
def test_bounds_enclose_the_point(case):
    for interval in intervals(score(*case, CAUSES)).values():
        if interval:
            assert 0 <= interval.low <= interval.point <= interval.high <= 100


@settings(max_examples=250, deadline=None)
@given(cases(max_questions=6), st.data())
def test_answering_an_open_question_never_widens(case, data):
    instrument, sheet = case
    while candidates := open_questions(instrument, sheet):
        question = data.draw(st.sampled_from(candidates))
        answer = data.draw(st.sampled_from(definite_answers(question)))
        before = intervals(score(instrument, sheet, CAUSES))
        sheet = sheet.with_answer(question.code, answer)
        after = intervals(score(instrument, sheet, CAUSES))
        for place, interval in after.items():
            assert_nested(interval, before[place], place)


@settings(max_examples=200, deadline=None)
@given(cases(), st.data())
def test_stronger_choice_never_lowers(case, data):
    instrument, sheet = case
    drivers = {
        name
        for question in instrument.questions
        if question.visible_when
        for name in question.visible_when.names()
    }
    pairs = [
        (question.code, pair)
        for question in instrument.questions
        if question.code not in drivers
        for pair in stronger_pairs(question)
    ]
    assume(pairs)
    code, (weak, strong) = data.draw(st.sampled_from(pairs))
    mild = sheet.with_answer(code, Answer.answered(weak))
    warned = sheet.with_answer(code, Answer.answered(strong))
    higher = intervals(score(instrument, warned, CAUSES))
    for place, interval in intervals(score(instrument, mild, CAUSES)).items():
        if interval:
            assert interval.low <= higher[place].low, place
            assert interval.point <= higher[place].point, place
            assert interval.high <= higher[place].high, place


@MODERATE
@given(cases(max_questions=6))
def test_answers_under_a_closed_branch_leave_no_trace(case):
    instrument, sheet = case
    hidden = frozenset(resolve(instrument, sheet).dropped)
    with_hidden = score(instrument, sheet, CAUSES)
    never_given = score(instrument, sheet.without(hidden), CAUSES)
    assert set(with_hidden.hidden) == hidden
    assert never_given.hidden == ()
    assert intervals(with_hidden) == intervals(never_given)
    assert with_hidden.completeness == never_given.completeness
    assert with_hidden.floors == never_given.floors
    assert with_hidden.gates == never_given.gates
    assert with_hidden.tier == never_given.tier
    assert with_hidden.causes == never_given.causes


@settings(max_examples=120, deadline=None)
@given(cases(max_questions=4))
def test_bounds_contain_every_completion(case):
    instrument, sheet = case
    assume(1 < completion_count(instrument, sheet) <= 200)
    outer = intervals(score(instrument, sheet, CAUSES))
    for completion in completions(instrument, sheet):
        reached = intervals(score(instrument, completion, CAUSES))
        for place, interval in reached.items():
            assert_nested(interval, outer[place], place)


@settings(max_examples=120, deadline=None)
@given(cases(max_questions=4, branches=False))
def test_bounds_are_attained_without_branches(case):
    instrument, sheet = case
    assume(1 < completion_count(instrument, sheet) <= 200)
    risk = score(instrument, sheet, CAUSES)
    reached = [
        intervals(score(instrument, completion, CAUSES))
        for completion in completions(instrument, sheet)
    ]
    for place, interval in intervals(risk).items():
        scores = [each[place] for each in reached if each[place]]
        if interval and place != "(overall)":
            assert interval.low == min(each.point for each in scores), place
            assert interval.high == max(each.point for each in scores), place


@MODERATE
@given(cases())
def test_contributions_sum_to_the_point(case):
    risk = score(*case, CAUSES)
    for cause in (*risk.causes, risk.impact):
        lines = contributions(cause)
        if cause.interval:
            assert sum(line.share for line in lines) == cause.interval.point
            parts = [line.share for line in lines if not line.is_floor]
            assert sum(parts) == cause.unfloored
        else:
            assert lines == ()


@MODERATE
@given(instruments())
def test_empty_form_never_has_a_tier(instrument):
    risk = score(instrument, AnswerSheet(), CAUSES)
    assert risk.not_assessable
    assert risk.tier is None
    assert risk.completeness == 0
