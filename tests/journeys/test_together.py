"""Two people fill one assessment at once: nobody's words are lost."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Visitor
from tests.journeys.newcomer import FIRST, WORST, Newcomer
from tests.journeys.stack import until

pytestmark = pytest.mark.browser
SAID = """
select question, value::text, comment from projects_answer
where assessment_id = %s and state = 'answered'
"""


@pytest.fixture
def people(browser, stack):
    """Return two windows of two people."""
    windows = []
    for name in ("carol", "dave"):
        username = f"{name}-{secrets.token_hex(3)}"
        password = stack.person(username, "contributor", stack.root_unit())
        window = Visitor(browser, stack.base_url)
        window.sign_in(username, password)
        windows.append(window)
    yield [Newcomer(window) for window in windows]
    for window in windows:
        window.close()


@pytest.mark.timeout(240)
def test_two_people_fill_one_assessment(stack, people):
    carol, dave = people
    carol.start_screening(stack.root_unit(), f"Together {secrets.token_hex(3)}")
    assessment = re.search(r"[0-9a-f-]{36}", carol.path())[0]
    carol.begin()
    dave.visitor.go(carol.path())
    first, second, *_rest = carol.open_questions()

    # Different questions at the same time: both are kept.
    carol.give(first, WORST)
    dave.give(second, WORST)
    carol.expect_saved(first)
    dave.expect_saved(second)
    answers = {row[0]: row for row in stack.rows(SAID, assessment)}
    assert {first, second} <= set(answers)

    # The same question: the later one is told what stands there, and keeps their words.
    comment = f"#{first}-comment"
    for person, words in ((carol, "Carol says so."), (dave, "Dave says otherwise.")):
        place = person.page.locator(f"#q-{first}")
        place.locator("details:has(textarea) > summary").last.click()
        person.page.fill(comment, words)
        if person is carol:
            person.page.locator(comment).blur()
            expect(person.page.locator(f"#q-{first} [data-save-state]")).to_have_text(
                re.compile(r"\d")
            )
            until_said(stack, assessment, first, words)
    dave.page.locator(comment).blur()
    rival = dave.page.locator(f"#q-{first} .callout--warning")
    expect(rival).to_contain_text("Carol says so.")
    expect(dave.page.locator(comment)).to_have_value("Dave says otherwise.")
    assert said(stack, assessment, first) == "Carol says so."

    # Whoever takes the saved one sees it; whoever looks again knows all of it.
    dave.page.locator(f"#q-{first} .callout--warning a").click()
    expect(dave.page.locator(comment)).to_have_value("Carol says so.")
    carol.page.reload()
    expect(carol.page.locator(f"#q-{second} .choice input:checked")).to_have_count(1)
    carol.give(second, FIRST)
    carol.expect_saved(second)


def said(stack, assessment, question):
    return {row[0]: row[2] for row in stack.rows(SAID, assessment)}.get(question)


def until_said(stack, assessment, question, words):
    """Wait until the words are in the database."""
    until(lambda: said(stack, assessment, question) == words, f"{words} is kept")
