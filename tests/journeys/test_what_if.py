"""What-if in three languages by pointer, and once by keyboard alone."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Visitor
from tests.journeys.newcomer import WORST, Newcomer
from tests.journeys.words import english_in, speaks

pytestmark = pytest.mark.browser
QUESTION = "leakage_test_set_custody"


@pytest.fixture
def enter(browser, stack):
    """Open windows for assessors; nothing may go wrong in them."""
    windows = []

    def open_window(language):
        username = f"carol-{secrets.token_hex(3)}"
        password = stack.person(username, "contributor", stack.root_unit(), language)
        window = Visitor(browser, stack.base_url)
        window.sign_in(username, password)
        windows.append(window)
        return window

    yield open_window
    for window in windows:
        window.assert_no_complaints()
        window.close()


def assessed(stack, window):
    """A project whose screening warns of everything; return who stands at its result."""
    carol = Newcomer(window)
    carol.start_screening(stack.root_unit(), f"What if {secrets.token_hex(3)}")
    carol.begin()
    carol.answer_all(WORST)
    carol.submit(estimate=80)
    return carol


@pytest.mark.timeout(240)
@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_scenarios_are_written_and_compared(stack, enter, language):
    carol = assessed(stack, enter(language))
    page = carol.page
    carol.click("main a[href$='/what-if/']")
    page.locator("#smallest").wait_for()
    page.locator("form[action$='/smallest/'] button").click()
    table = page.locator("table.scenarios")
    expect(table.locator("thead th")).to_have_count(3)

    carol.click("main a[href$='/what-if/new/']")
    page.fill("[name=name]", f"Milder {language}")
    for section in page.locator("#scenario-answers > .stack > details").all():
        if section.get_attribute("open") is None:
            section.locator("summary").first.click()
    before = page.locator(".with-aside__aside .tier").first.inner_text()
    for code in radio_codes(page):
        page.locator(f"#if-q-{code} .choice input:not([data-state])").first.check()
        if page.locator(".with-aside__aside .tier").last.inner_text() != before:
            break
    expect(page.locator(".with-aside__aside .tier").last).not_to_have_text(before)
    carol.visitor.assert_accessible()
    carol.visitor.assert_fits()
    page.locator("button[name=save]").click()
    expect(table.locator("thead th")).to_have_count(4)
    main = page.locator("main").inner_text()
    assert speaks(language, main)
    assert language == "en" or not english_in(main)


def radio_codes(page):
    """The questions of the form with one answer out of several, in order."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#scenario-answers fieldset")]
             .filter((q) => !q.disabled && q.querySelector("input[type=radio]"))
             .map((q) => q.id.replace("if-q-", ""))"""
    )


@pytest.mark.timeout(240)
def test_a_scenario_is_written_by_keyboard_alone(stack, enter):
    carol = assessed(stack, enter("en"))
    page = carol.page
    press_until(page, "a[href$='/what-if/']")
    page.keyboard.press("Enter")
    carol.expect_path(r"/what-if/$")
    press_until(page, "a[href$='/what-if/new/']")
    page.keyboard.press("Enter")
    carol.expect_path(r"/what-if/new/$")
    press_until(page, "[name=name]")
    page.keyboard.type("By keyboard")
    press_until(page, "#scenario-practices summary")
    page.keyboard.press("Enter")
    press_until(page, "#scenario-practices input[type=checkbox]")
    with page.expect_response(lambda reply: "what-if/new" in reply.url):
        page.keyboard.press("Space")
    expect(page.locator("#scenario-practices .badge")).to_have_text("1")
    # The whole form was drawn again: focus stays on the box that was ticked.
    assert page.evaluate("document.activeElement.matches('input[type=checkbox]')")
    press_until(page, "button[name=save]")
    page.keyboard.press("Enter")
    carol.expect_path(r"/what-if/$")
    expect(page.locator("table.scenarios thead")).to_contain_text("By keyboard")


def press_until(page, selector, presses=400):
    """Press Tab until the focus is on something that matches."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")
