"""Every set of changes that lowers the tier meets the demands of some goal."""

from itertools import combinations

from hypothesis import given, settings

from projects.scoring import score_with
from projects.scoring.branching import resolve_questions
from projects.scoring.candidates import changed_sheet, milder_answers
from projects.scoring.demands import demands_of, is_provisional
from projects.scoring.frames import Frame, aims_of, may_reshape, readings_of
from projects.scoring.goals import goals_below
from projects.scoring.plan import plan_for
from tests.projects.scoring.strategies import CAUSES, cases
from tests.projects.scoring.test_covering import meets


def steady_changes(plan, sheet):
    standings = {
        each.question.code: each
        for each in resolve_questions(plan.questions, sheet).standings
    }
    return [
        change
        for change in milder_answers(plan, sheet)
        if not may_reshape(plan, standings[change.question], change)
    ][:6]


@settings(max_examples=120, deadline=None)
@given(cases(max_questions=6))
def test_demands_never_rule_out_what_lowers_the_tier(case):
    instrument, sheet = case
    plan = plan_for(instrument, CAUSES)
    before = score_with(plan, sheet).tier
    if before is None:
        return
    changes = steady_changes(plan, sheet)
    none = aims_of(plan, {})
    readings = readings_of(plan, dict(enumerate(changes)))
    frame = Frame(plan, sheet, readings, (none, none), len(changes))
    for size in range(1, min(4, len(changes) + 1)):
        judged = [
            demands_of(frame, goal, size)
            for goal in goals_below(before, provisional=is_provisional(frame))
        ]
        for indices in combinations(range(len(changes)), size):
            chosen = [changes[index] for index in indices]
            if len({change.target for change in chosen}) < size:
                continue
            after = score_with(plan, changed_sheet(sheet, chosen)).tier
            if after is not None and after.rank < before.rank:
                assert any(
                    all(meets(demand, indices) for demand in demands)
                    for demands, _ in judged
                )
