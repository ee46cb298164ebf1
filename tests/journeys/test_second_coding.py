"""Two code a severe failure apart, a third decides, and its follow-up is verified."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.newcomer import Newcomer
from tests.journeys.words import speaks

pytestmark = pytest.mark.browser
SECRET = "Both halves of the split hold the same shops."


class Coder(Newcomer):
    """Somebody who writes, codes or judges a record; no step depends on the language."""

    def look(self, record, tail=""):
        self.visitor.go(f"/post-mortems/{record}/{tail}")

    def draft(self, unit, title, severity):
        """Write a record up to its causes; return its id."""
        self.visitor.go("/post-mortems/new/")
        self.page.fill("main form [name=title]", title)
        self.page.select_option("main form [name=unit]", str(unit))
        self.click("main form[method=post] button.button--primary")
        self.expect_path(r"/edit/intended/$")
        self.next_step("happened")
        self.next_step(
            "dates", summary="Alarms were staff.", outcome="failed", severity=severity
        )
        self.next_step("causes", detected_on="2026-02-03")
        return self.path().split("/")[2]

    def code_apart(self, query, role):
        """Find a cause and name it as the second coder, without evidence."""
        self.click("a[href$='/second-coding/causes/']")
        self.page.fill("#pick-q", query)
        choice = self.page.locator("#cause-picker a[href*='/second-coding/causes/']")
        choice.first.click()
        self.page.locator(f"input[name=role][value={role}]").check()
        self.page.locator("input[name=confidence][value=known]").check()
        self.click("main form[method=post] button.button--primary")
        self.expect_path(r"/second-coding/$")

    def act(self, name):
        """Press the button of a form, and wait for the word of what came of it."""
        self.click(f"main form[action$='/{name}/'] button[type=submit]")
        expect(self.page.locator(".messages")).to_be_visible()


@pytest.fixture
def enter(browser, stack):
    """Return a function that gives a person a window of their own."""
    windows = []

    def enter(name, role, language):
        username = f"{name}-{secrets.token_hex(3)}"
        password = stack.person(username, role, stack.root_unit(), language)
        window = Visitor(browser, stack.base_url)
        window.sign_in(username, password)
        windows.append(window)
        person = Coder(window)
        person.name = username
        return person

    yield enter
    for window in windows:
        window.assert_no_complaints()
        window.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["ru"])
def test_coded_apart_decided_and_followed_up(stack, enter, language):
    carol = enter("carol", "contributor", language)
    dave = enter("dave", "contributor", language)
    bob = enter("bob", "reviewer", language)

    record = carol.draft(stack.root_unit(), f"Returns {secrets.token_hex(3)}", "high")
    expect(carol.page.locator(".callout").first).to_be_visible()
    carol.code_cause("leakage", SECRET)
    carol.look(record, "second-coding/")
    whose = "select id from accounts_user where username = %s"
    daves = str(stack.value(whose, dave.name))
    carol.page.select_option("select[name=coder]", daves)
    carol.act("invite")
    carol.look(record)
    carol.click("a[href$='/submit/']")
    carol.click("main form[method=post] button.button--primary")
    carol.expect_path(r"/post-mortems/[0-9a-f-]{36}/$")

    dave.visitor.go("/post-mortems/")
    dave.click("section.callout a[href$='/second-coding/']")
    assert SECRET not in dave.page.content()
    dave.code_apart("leakage", "trigger")
    dave.code_apart("drift", "contributing")
    dave.visitor.assert_accessible()
    dave.look(record)
    assert SECRET not in dave.page.content()
    bob.look(record)
    assert SECRET not in bob.page.content()
    dave.look(record, "second-coding/")
    dave.act("submit")
    expect(dave.page.locator("main")).to_contain_text(SECRET)

    bob.look(record, "second-coding/")
    bob.visitor.assert_fits()
    bob.visitor.assert_accessible()
    assert speaks(language, bob.page.locator("main").inner_text())
    bob.page.locator("input[name=keep_0]").check()
    bob.page.fill("textarea[name=note]", "The split names the shops twice.")
    bob.act("decide")
    carol.look(record)
    expect(carol.page.locator("article h3 a[href*='/causes/']")).to_have_count(1)

    _verify_a_follow_up(stack, bob, record)


def _verify_a_follow_up(stack, bob, record):
    """Plan it, do it, be refused without evidence, and show that it works."""
    bob.look(record, "actions/add/")
    bob.page.fill("[name=text]", "Split by shop")
    bob.page.fill("[name=success_check]", "No shop on both sides")
    bob.click("main form[method=post] button.button--primary")
    for state, evidence in (("done", ""), ("verified", "Four weeks without one.")):
        bob.look(record)
        bob.click("a[href$='/move/']")
        bob.page.select_option("[name=state]", state)
        if evidence:
            bob.click("main form[method=post] button.button--primary")
            expect(bob.page.locator(".field__error")).to_be_visible()
            bob.page.fill("[name=verification]", evidence)
        bob.click("main form[method=post] button.button--primary")
        bob.expect_path(r"/post-mortems/[0-9a-f-]{36}/$")
    stored = "select state from failures_actionitem where postmortem_id = %s"
    assert stack.value(stored, record) == "verified"
    bob.page.set_viewport_size(PHONE)
    bob.visitor.assert_fits()
