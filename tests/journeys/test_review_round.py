"""One sends an assessment in, another asks for a change, and approves what came back."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Visitor
from tests.journeys.newcomer import FIRST, WORST, Newcomer
from tests.journeys.words import speaks

pytestmark = pytest.mark.browser
QUESTION = "problem_definition"
WISH = "Name the person who decides with it."
REPLY = "The head of sales does."


class Reviewer(Newcomer):
    """Somebody who reads what others submitted; no step depends on the language."""

    def state(self):
        return self.page.locator("[data-state]").first.get_attribute("data-state")

    def talk_about(self, question, text, act):
        """Begin a conversation about a question of the review page."""
        place = self.page.locator(f"#q-{question}")
        place.locator("details summary").last.click()
        place.locator(f"#open-{question}-text").fill(text)
        place.locator(f"form:has(#open-{question}-text) button[value={act}]").click()
        expect(self.page.locator(f"#q-{question} .talk")).to_contain_text(text)

    def decide(self, act):
        self.click(f"form[action$='/decision/'] button[value='{act}']")
        self.expect_path(r"/result/$")


@pytest.fixture
def people(browser, stack):
    """Return carol who assesses and bob who reviews, each in a window of their own."""
    windows = []

    def enter(name, role, language):
        username = f"{name}-{secrets.token_hex(3)}"
        password = stack.person(username, role, stack.root_unit(), language)
        window = Visitor(browser, stack.base_url)
        window.sign_in(username, password)
        windows.append(window)
        return window

    yield enter
    for window in windows:
        window.assert_no_complaints()
        window.close()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_a_change_is_asked_for_made_and_approved(stack, people, language):
    carol = Newcomer(people("carol", "contributor", language))
    bob = Reviewer(people("bob", "reviewer", language))

    carol.start_screening(stack.root_unit(), f"Returns {secrets.token_hex(3)}")
    carol.begin()
    carol.answer_all(FIRST)
    carol.submit(estimate=20)
    result = carol.path()
    review = result.replace("/result/", "/review/")

    bob.visitor.go(result)
    assert bob.state() in {"submitted", "in_review"}
    bob.click("[data-next] a")
    bob.expect_path(r"/review/")
    bob.talk_about(QUESTION, WISH, "ask")
    bob.visitor.assert_fits()
    bob.decide("request-changes")
    assert bob.state() == "changes_requested"

    carol.visitor.go(result)
    carol.click("[data-next] a")
    expect(carol.page.locator("[data-waiting]")).to_have_count(1)
    section = carol.page.locator("li.step:has([data-waiting]) a").first
    section.click()
    talk = carol.page.locator(".talk")
    expect(talk).to_contain_text(WISH)
    carol.visitor.assert_accessible()
    carol.give(QUESTION, WORST)
    carol.expect_saved(QUESTION)
    talk.locator("textarea").fill(REPLY)
    talk.locator("button[value=reply]").click()
    expect(talk).to_contain_text(REPLY)
    expect(talk.locator("[data-answer-changed]")).to_have_count(1)
    given = carol.page.locator(f"#q-{QUESTION} .choice input[value]:checked")
    expect(given).to_have_count(1)
    carol.answer_all(FIRST)
    carol.click("main a[href$='/check/']")
    carol.click("main form[action$='/submit/'] button.button--primary")
    carol.expect_path(r"/result/$")
    runs = "select count(*) from projects_scoringrun where assessment_id = %s"
    assert stack.value(runs, re.search(r"[0-9a-f-]{36}", result)[0]) == 2

    bob.visitor.go(review)
    changed = bob.page.locator(f"#q-{QUESTION} [data-before]")
    expect(changed).to_have_count(1)
    expect(bob.page.locator("[data-missing] li")).not_to_have_count(0)
    bob.page.locator(f"#q-{QUESTION} .talk button[value=resolve]").click()
    expect(bob.page.locator(f"#q-{QUESTION} .talk--resolved")).to_have_count(1)
    bob.decide("approve")
    assert bob.state() == "approved"
    assert speaks(language, bob.page.locator("main").inner_text())
    carol.visitor.go(result)
    expect(carol.page.locator("[data-state=approved]")).to_have_count(1)
