"""Points add up exactly, and an open answer is never taken for a good one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.scoring import (
    Answer,
    AnswerSheet,
    Interval,
    canonical_bytes,
    instrument_from_document,
    replay,
    scoring_record,
)
from projects.scoring.score import score
from projects.scoring.unknowns import most_telling, trial_answers
from tests.projects.scoring.points_example import a_points_document

INSTRUMENT = instrument_from_document(a_points_document())
CODES = [question.code for question in INSTRUMENT.questions]
WORST = {"reach": "c2", "harms": ("c0", "c1", "c2"), "deep": "c1", "phase": "c0"}


def sheet(**said):
    return AnswerSheet({code: Answer.answered(value) for code, value in said.items()})


def scored(**said):
    return score(INSTRUMENT, sheet(**said), {})


def of_scale(risk, code):
    return next(scale for scale in risk.points.scales if scale.code == code)


def exactly(number):
    return Interval(Fraction(number), Fraction(number), Fraction(number))


def test_maximum_counts_every_question_asked_or_not():
    points = scored(reach="c0").points
    assert points.most == 4 + 6 + 10
    assert (of_scale(scored(), "care").most, of_scale(scored(), "care").reach) == (
        20,
        10,
    )


def test_complete_answers_leave_no_interval():
    risk = scored(**WORST, early="c0")
    assert risk.points.total == exactly(20)
    assert (risk.points.band.code, risk.tier.value, risk.provisional) == (
        "four",
        "critical",
        False,
    )
    assert risk.overall == exactly(100)


def test_an_empty_form_is_not_the_lowest_level():
    risk = score(INSTRUMENT, AnswerSheet(), {})
    assert (risk.not_assessable, risk.tier, risk.points.band) == (True, None, None)
    assert (risk.points.total.low, risk.points.total.high) == (0, 20)


def test_little_answered_is_banded_by_the_worst_still_possible():
    risk = scored(reach="c0")
    assert risk.provisional
    assert risk.points.total.high == 6
    assert risk.points.band.code == "two"


def test_answers_under_a_closed_branch_do_not_count():
    closed = scored(reach="c1", deep="c1", harms=("c0",), phase="c1", late="c0")
    assert closed.hidden == ("deep",)
    assert closed.points.total == exactly(3)


@pytest.mark.parametrize(("early", "total"), [("c0", 20), ("c1", 17)])
def test_credit_at_the_threshold_lowers_the_total_rounded_half_up(early, total):
    risk = scored(**WORST, early=early)
    assert risk.points.total == exactly(total)


def test_the_distance_to_the_threshold_is_told():
    (adjustment,) = scored(**WORST, early="c0").points.adjustments
    assert (adjustment.threshold, adjustment.holds, adjustment.missing) == (8, False, 8)


def test_a_maximal_section_is_shown_as_full():
    risk = scored(**WORST, early="c1")
    (stakes,) = of_scale(risk, "impact").sections
    assert (stakes.section, stakes.most, stakes.is_full) == ("stakes", 20, True)


def test_renaming_a_choice_changes_no_score():
    document = a_points_document()
    document["sections"][0]["questions"][0]["choices"][2]["code"] = "item9_99"
    document["sections"][0]["questions"][2]["visible_when"] = "reach == 'item9_99'"
    renamed = instrument_from_document(document)
    said = sheet(**{**WORST, "reach": "item9_99"}, early="c0")
    assert score(renamed, said, {}).points.total == exactly(20)


def test_the_record_replays_to_the_same_bytes():
    said = sheet(**WORST, early="c1").to_json()
    stored = canonical_bytes(scoring_record(a_points_document(), said, {}))
    assert replay(a_points_document(), said, {}) == stored
    assert b'"points"' in stored


def test_open_questions_are_ranked_by_what_they_tell():
    ranked = most_telling(INSTRUMENT, sheet(phase="c0"), {})
    assert ranked[0].question == "reach"
    assert ranked[0].expected > 0


ANSWERS = st.dictionaries(
    st.sampled_from(CODES), st.integers(0, 7).filter(lambda n: n != 7), max_size=6
)


def sheet_of(picks):
    questions = {question.code: question for question in INSTRUMENT.questions}
    said = {}
    for code, pick in picks.items():
        offered = [*trial_answers(questions[code]), Answer.unknown()]
        said[code] = offered[pick % len(offered)]
    return AnswerSheet(said)


@given(picks=ANSWERS)
def test_bounds_enclose_the_point(picks):
    points = score(INSTRUMENT, sheet_of(picks), {}).points
    assert 0 <= points.total.low <= points.total.point <= points.total.high
    for scale in points.scales:
        assert 0 <= scale.interval.low <= scale.interval.point <= scale.interval.high
        assert sum(line.point for line in scale.lines) == scale.interval.point


@given(picks=ANSWERS, code=st.sampled_from(CODES), pick=st.integers(0, 6))
def test_answering_never_widens(picks, code, pick):
    before = sheet_of(picks)
    if not before[code].is_open:
        return
    after = before.with_answer(code, sheet_of({code: pick})[code])
    wide = score(INSTRUMENT, before, {}).points.total
    narrow = score(INSTRUMENT, after, {}).points.total
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(picks=ANSWERS)
def test_open_answer_close_leaves_no_trace(picks):
    closed = sheet_of({**picks, "reach": 0})
    bare = closed.without(frozenset({"deep"}))
    assert score(INSTRUMENT, closed, {}).points == score(INSTRUMENT, bare, {}).points
