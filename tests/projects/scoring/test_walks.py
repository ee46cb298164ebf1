"""Random walks through a questionnaire: what was opened and closed leaves no trace."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.scoring import (
    BLANK,
    Answer,
    AnswerSheet,
    instrument_from_document,
    resolve,
    score,
)
from projects.scoring.reach import is_asked, reach_of
from projects.scoring.unknowns import trial_answers
from tests.projects.scoring.points_example import a_points_document
from tests.projects.scoring.strategies import CAUSES, definite_answers, instruments

STEPS = 12


def result_without(instrument, sheet, causes):
    """The result, but for the list of answers that count for nothing."""
    return replace(score(instrument, sheet, causes), hidden=())


def walk_leaves_no_trace(instrument, data, causes, answers):
    sheet = AnswerSheet()
    for _ in range(STEPS):
        question = data.draw(st.sampled_from(instrument.questions))
        answer = data.draw(st.sampled_from(answers(question)))
        sheet = sheet.with_answer(question.code, answer)
        hidden = frozenset(resolve(instrument, sheet).dropped)
        walked = result_without(instrument, sheet, causes)
        assert walked == result_without(instrument, sheet.without(hidden), causes)
        asked = reach_of(resolve(instrument, sheet))
        assert not {code for code in hidden if is_asked(asked[code])}


@settings(max_examples=150, deadline=None)
@given(instruments(max_questions=7), st.data())
def test_every_step_of_a_walk_scores_as_if_nothing_closed_had_been_said(
    instrument, data
):
    def answers(question):
        return [*definite_answers(question), Answer.unknown(), BLANK]

    walk_leaves_no_trace(instrument, data, CAUSES, answers)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_walks_over_points_leave_no_trace_either(data):
    instrument = instrument_from_document(a_points_document())

    def answers(question):
        return [*trial_answers(question), Answer.unknown(), BLANK]

    walk_leaves_no_trace(instrument, data, {}, answers)


@settings(max_examples=100, deadline=None)
@given(instruments(max_questions=6), st.data())
def test_an_answer_taken_back_leaves_no_trace(instrument, data):
    sheet = AnswerSheet()
    for question in instrument.questions:
        if data.draw(st.booleans()):
            choices = definite_answers(question)
            sheet = sheet.with_answer(
                question.code, data.draw(st.sampled_from(choices))
            )
    before = score(instrument, sheet, CAUSES)
    question = data.draw(st.sampled_from(instrument.questions))
    was = sheet[question.code]
    other = data.draw(st.sampled_from(definite_answers(question)))
    there = sheet.with_answer(question.code, other)
    assert score(instrument, there.with_answer(question.code, was), CAUSES) == before
