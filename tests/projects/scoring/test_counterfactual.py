"""The smallest change equals that of trying every set."""

from fractions import Fraction
from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from projects.scoring import Answer, plan_for, score_with
from projects.scoring.candidates import (
    AnswerChange,
    PracticeChange,
    changed_sheet,
    milder_answers,
    practices_in,
)
from projects.scoring.counterfactual import smallest_change
from projects.scoring.outlook import WorkingPractice, outlook
from tests.projects.scoring.strategies import CAUSES, cases, definite_answers


@st.composite
def practices(draw):
    count = draw(st.integers(0, 4))
    effects = st.integers(0, 12).map(lambda n: Fraction(n * 5, 100))
    against = st.frozensets(st.sampled_from(sorted(CAUSES)), min_size=1, max_size=3)
    return [
        WorkingPractice(f"practice-{n}", draw(effects), draw(against))
        for n in range(count)
    ]


@st.composite
def searches(draw):
    instrument, sheet = draw(cases(max_questions=7))
    plan = plan_for(instrument, CAUSES)
    cost = st.sampled_from([5, 10, 10])
    changes = [PracticeChange(each, draw(cost)) for each in draw(practices())]
    if draw(st.booleans()):
        changes += milder_answers(plan, sheet)
    else:
        changes += [
            AnswerChange(question.code, answer, draw(cost))
            for question in instrument.questions
            for answer in [*definite_answers(question), Answer.unknown()]
            if answer != sheet[question.code]
        ]
    chosen = draw(st.permutations(changes))[: draw(st.integers(1, 15))]
    return plan, sheet, chosen, draw(practices())


def brute_force(plan, sheet, candidates, at_work):
    """The smallest set by scoring every one."""
    before = outlook(plan, score_with(plan, sheet), at_work).tier
    if before is None:
        return None
    scored = {}
    for size in range(1, len(candidates) + 1):
        lowering = []
        for indices in combinations(range(len(candidates)), size):
            chosen = [candidates[index] for index in indices]
            if len({change.target for change in chosen}) < size:
                continue
            new = changed_sheet(sheet, chosen)
            key = tuple(sorted(new.answers.items(), key=str))
            if key not in scored:
                scored[key] = score_with(plan, new)
            after = outlook(plan, scored[key], [*at_work, *practices_in(chosen)])
            if after.tier is not None and after.tier.rank < before.rank:
                lowering.append((sum(change.cost for change in chosen), indices))
        if lowering:
            return tuple(candidates[index] for index in min(lowering)[1])
    return None


# Sheets of the lowest tier have nothing to lower: many are drawn, and left aside.
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much],
)
@given(searches())
def test_smallest_change_equals_brute_force(search):
    plan, sheet, candidates, at_work = search
    before = outlook(plan, score_with(plan, sheet), at_work).tier
    assume(before is not None and before.rank > 0)
    found = smallest_change(plan, sheet, candidates, at_work=at_work, limit=10_000_000)
    assert found.is_exact
    assert found.changes == brute_force(plan, sheet, candidates, at_work)
