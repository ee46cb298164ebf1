"""A stranger assesses a project, closes it out, and sees the statistics change."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.newcomer import FIRST, WORST, Newcomer
from tests.journeys.stack import until
from tests.journeys.words import speaks

pytestmark = pytest.mark.browser

FULL_INTAKE = """
select version.id from projects_questionnaireversion version
join projects_questionnaire kind on kind.id = version.questionnaire_id
where kind.code = 'full-intake' and version.state = 'published'
"""
CASES = """
select n, computed_at, payload::text from portfolio_snapshot
where is_current and population = 'cases'
"""
PORTFOLIO = """
select n, computed_at, payload::text from portfolio_snapshot
where is_current and population = 'portfolio' and unit_id is null
"""


@pytest.mark.timeout(240)
@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_newcomer_walks_the_whole_loop(stack, visitor, language):
    newcomer = Newcomer(visitor)
    page = visitor.page
    unit = f"Branch {secrets.token_hex(3)}"
    stack.settle()
    cases, portfolio = stack.rows(CASES), stack.rows(PORTFOLIO)

    newcomer.accept_invitation(
        stack.invitation(f"{secrets.token_hex(4)}@example.org", unit),
        f"robin-{secrets.token_hex(3)}",
        f"walk-{secrets.token_hex(6)}",
        language,
    )
    before = newcomer.statistics("cases")
    assert speaks(language, before)
    assert str(cases[0][0]) in ungrouped(before)

    newcomer.start_screening(unit, "Sorting parts")
    newcomer.begin()
    newcomer.give("problem_definition", WORST)
    newcomer.expect_saved("problem_definition")
    newcomer.answer_all(WORST, unknown={"team_experience", "strongest_test"})
    newcomer.submit()
    assert newcomer.threats()

    newcomer.start_again(stack.value(FULL_INTAKE))
    newcomer.begin()
    expect(page.locator("[data-carried]").first).to_be_attached()
    close_and_open_a_branch(newcomer)
    sections = newcomer.answer_all(FIRST, unknown={"human_agreement", "legal_duty"})
    assert len(sections) >= 8
    newcomer.submit(estimate=60)
    threats = newcomer.threats()
    assert len(threats) >= 5
    expect(page.locator("section[aria-labelledby=by-cause] svg").first).to_be_attached()
    assert speaks(language, page.locator("main").inner_text())

    newcomer.plan_first_practice()
    newcomer.record_failure("Worked on the bench, not on the line.")
    newcomer.start_postmortem()
    newcomer.next_step("happened", intended="Sort parts by camera.")
    newcomer.next_step(
        "dates",
        summary="The model had learned the light of one laboratory.",
        actual="On the line it found two in three defects.",
    )
    newcomer.next_step(
        "causes", stage_introduced="data_preparation", stage_detected="operation"
    )
    newcomer.code_cause("leak", "The same parts were in both halves of the split.")
    newcomer.next_step("follow-up")
    newcomer.next_step("", lessons="Split by part, not by picture.")
    newcomer.plan_action("Split by part number")
    newcomer.publish()
    stated = page.locator("main").inner_text()
    assert speaks(language, stated)

    until(
        lambda: stack.is_quiet() and stack.rows(CASES) != cases,
        "the worker has not computed new statistics",
    )
    after = newcomer.statistics("cases")
    assert stack.rows(CASES)[0][0] == cases[0][0] + 1
    assert stack.rows(CASES)[0][1] > cases[0][1]
    assert str(cases[0][0] + 1) in ungrouped(after)
    assert after != before
    closed = stack.rows(PORTFOLIO)
    assert closed != portfolio
    if portfolio:
        assert closed[0][0] == portfolio[0][0] + 1
    newcomer.statistics("portfolio")
    expect(page.locator("main h1")).to_be_visible()
    visitor.assert_no_complaints()


def ungrouped(text):
    """Return the text with its thousands written together, in any language."""
    return re.sub(r"(?<=\d)[,\u00a0\u202f](?=\d{3})", "", text)


def close_and_open_a_branch(newcomer):
    """One answer takes a question away, another brings it back, and says so."""
    page = newcomer.page
    branch = page.locator("#q-problem_statement")
    newcomer.give("problem_definition", WORST)
    newcomer.expect_saved("problem_definition")
    expect(branch).to_be_hidden()
    newcomer.give("problem_definition", FIRST)
    expect(branch).to_be_visible()
    expect(page.locator("#live")).not_to_be_empty()
    assert branch.is_enabled()
