"""The smallest change of points, by trying."""

from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from projects.scoring import Answer, AnswerSheet, instrument_from_document, plan_for
from projects.scoring.candidates import changed_sheet, milder_answers
from projects.scoring.counterfactual import smallest_change
from projects.scoring.score import score_with
from projects.scoring.unknowns import trial_answers
from tests.projects.scoring.points_example import a_points_document

PLAN = plan_for(instrument_from_document(a_points_document()), {})


@st.composite
def sheets(draw):
    given_answers = {
        question.code: draw(st.sampled_from([*trial_answers(question), None]))
        for question in PLAN.questions
    }
    return AnswerSheet({c: a for c, a in given_answers.items() if a is not None})


def brute_force(sheet, candidates):
    before = score_with(PLAN, sheet).tier
    for size in range(1, len(candidates) + 1):
        for indices in combinations(range(len(candidates)), size):
            chosen = [candidates[index] for index in indices]
            if len({change.target for change in chosen}) < size:
                continue
            after = score_with(PLAN, changed_sheet(sheet, chosen)).tier
            if after is not None and after.rank < before.rank:
                return tuple(chosen)
    return None


# Sheets of the lowest tier have nothing to lower: many are drawn, and left aside.
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much],
)
@given(sheets())
def test_smallest_change_of_points_equals_brute_force(sheet):
    before = score_with(PLAN, sheet).tier
    assume(before is not None and before.rank > 0)
    candidates = milder_answers(PLAN, sheet)
    found = smallest_change(PLAN, sheet, candidates, limit=10_000_000)
    assert found.is_exact
    assert found.changes == brute_force(sheet, candidates)


def test_search_that_is_cut_still_finds_a_set_that_does():
    worst = {"reach": "c2", "harms": ("c0", "c1", "c2"), "deep": "c1", "phase": "c0"}
    sheet = AnswerSheet({c: Answer.answered(v) for c, v in worst.items()})
    found = smallest_change(PLAN, sheet, milder_answers(PLAN, sheet), limit=50)
    assert not found.is_exact
    assert found.after.tier.rank < found.before.tier.rank


def test_more_care_is_milder_and_fewer_points_are_milder():
    sheet = AnswerSheet(
        {code: Answer.answered(v) for code, v in {"reach": "c1", "phase": "c0"}.items()}
    )
    found = {(c.question, c.answer.value) for c in milder_answers(PLAN, sheet)}
    assert {("reach", "c0"), ("early", "c1")} <= found
    assert ("reach", "c2") not in found
